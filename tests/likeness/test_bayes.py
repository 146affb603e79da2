"""Likeness of words: what it says, when it keeps silent, and that it measures itself honestly."""

from intranet.likeness.bayes import NOTHING, Counts, Example, guess, learn, measure

ADS = [
    "Buy cheap oil now, best price",
    "קנו שמן זול עכשיו במחיר הכי טוב",
    "Cheap seals, buy today, best price",
]
TALK = [
    "Which seal fits this gearbox?",
    "איזה אטם מתאים לתיבת ההילוכים?",
    "The bearing runs hot after an hour",
]
FACTS = {"least": 6, "threshold": 0.8}


def examples(count: int = 12) -> list[Example]:
    ads = [Example(n, ADS[n % 3], "terms#ads") for n in range(count)]
    return ads + [Example(100 + n, TALK[n % 3], NOTHING) for n in range(count)]


def test_a_text_like_decided_ones_is_named_with_its_words_in_both_languages() -> None:
    counts = learn(examples())
    found = guess(counts, "Best price for oil: buy!", **FACTS)
    assert (found.label, set(found.words)) == ("terms#ads", {"best", "price", "oil", "buy"})
    assert 0.8 <= found.likelihood <= 1
    assert guess(counts, "במחיר זול, קנו!", **FACTS).label == "terms#ads"


def test_it_keeps_silent_about_ordinary_empty_and_unknown_texts() -> None:
    counts = learn(examples())
    assert [guess(counts, text, **FACTS) for text in ("Which bearing runs hot?", "", "xyzzy")] == [None] * 3


def test_it_keeps_silent_below_a_minimum_of_examples() -> None:
    few = [each for each in examples() if each.label == NOTHING or each.number < 5]
    assert guess(learn(few), ADS[0], **FACTS) is None
    nothing_ordinary = [each for each in examples() if each.label]
    assert guess(learn(nothing_ordinary), ADS[0], **FACTS) is None


def test_what_is_like_nothing_is_not_like_the_smallest_class() -> None:
    ordinary = [
        Example(
            200 + n, f"{TALK[n % 3]} Housing {n} was turned on lathe {n % 7} and measured twice.", NOTHING
        )
        for n in range(80)
    ]
    counts = learn([*examples(8), *ordinary])
    strange = "Quaternions interpolate orientation smoothly, whichever axis the housing uses."
    assert guess(counts, strange, **FACTS) is None
    assert guess(counts, ADS[1], **FACTS).label == "terms#ads"


def test_what_is_stored_holds_no_words_and_says_the_same() -> None:
    counts = learn(examples())
    stored = counts.stored()
    assert not any(word in str(stored) for word in ("cheap", "price", "שמן"))
    assert guess(Counts.of(stored), ADS[0], **FACTS) == guess(counts, ADS[0], **FACTS)


def test_precision_is_measured_on_what_was_kept_aside() -> None:
    mislabelled = [Example(500 + n, TALK[0], "terms#tone") for n in range(12)]
    told = measure([*examples(30), *mislabelled], least=10, threshold=0.8)
    assert (told["terms#ads"].examples, told["terms#ads"].precision) == (30, 1.0)
    tone = told["terms#tone"]
    assert tone.precision is None or tone.precision < 1
    assert measure(examples(4), least=10, threshold=0.8)["terms#ads"].suggested == 0
