"""What rules say of a text: words in all their forms, patterns that cannot run away, personal data with check digits."""

import pytest

from intranet.rules import patterns, personal
from intranet.rules.judging import Hit, Rule, RuleSet, Said

VALID = {
    "id": ["123456782", "12345678-2", "000000018"],
    "card": ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"],
    "iban": ["IL62 0108 0000 0009 9999 999", "GB82WEST12345698765432"],
    "phone": ["054-123-4567", "03-6123456", "+972 54 123 4567", "+44 20 7946 0958"],
    "email": ["dana@example.org", "d.ana+x@mail.example.co.il"],
}
INVALID = [
    "123456789",
    "4111 1111 1111 1112",
    "IL62 0108 0000 0009 9999 998",
    "AX-40/12345",
    "12:30:45",
    "1.2.3.4",
]


def rules_that_speak(said: Said, *rules: Rule) -> list[int]:
    return [hit.rule for hit in RuleSet(rules).judge(said)]


@pytest.mark.parametrize("kind", VALID)
def test_personal_data_is_found_by_its_kind(kind: str) -> None:
    for data in VALID[kind]:
        text = f"כתבו לי ל {data} בבקשה"
        assert [(one.kind, text[one.start : one.end]) for one in personal.find(text)] == [(kind, data)]


@pytest.mark.parametrize("text", INVALID)
def test_numbers_whose_check_digits_disagree_are_left_alone(text: str) -> None:
    assert personal.find(f"see {text} there") == []


def test_a_rule_about_one_kind_is_silent_about_another() -> None:
    said = Said(text="mail dana@example.org")
    assert rules_that_speak(
        said, Rule(1, "personal", "card id"), Rule(2, "personal", "email"), Rule(3, "personal")
    ) == [2, 3]


@pytest.mark.parametrize("text", ["הסוד", "ובסוד", "שלסודות", "סוד", "וכשהסוד"])
def test_a_hebrew_word_is_found_with_its_particles(text: str) -> None:
    assert rules_that_speak(Said(text=f"מדובר {text} גדול"), Rule(1, "words", "סוד")) == [1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("נפלנו מהסולם, שוב", "מהסולם"),
        ("בַּסֻּלָּם הגדול", "בַּסֻּלָּם"),
        ("Two (Ladders)!", "Ladders"),
        ("a big, tall\nladder.", "ladder"),
    ],
)
def test_what_was_found_is_quoted_as_it_was_written(text: str, found: str) -> None:
    assert RuleSet([Rule(1, "words", "סולם\nסלם\nladder")]).judge(Said(text=text)) == [Hit(1, found)]


def test_a_word_inside_another_is_no_match() -> None:
    assert rules_that_speak(Said(text="the assassin passed; יסודות"), Rule(1, "words", "ass\nסוד")) == []


def test_a_phrase_needs_its_words_in_a_row() -> None:
    rule = Rule(1, "words", "trade secret")
    assert rules_that_speak(Said(title="Our trade secrets"), rule) == [1]
    assert rules_that_speak(Said(text="We trade; it is a secret"), rule) == [1]
    assert rules_that_speak(Said(text="The secret of trade"), rule) == []


def test_a_pattern_sees_title_and_text_whatever_the_case() -> None:
    rule = Rule(1, "pattern", r"project[- ]heron\b")
    assert RuleSet([rule]).judge(Said(title="About Project Heron")) == [Hit(1, "Project Heron")]
    assert rules_that_speak(Said(text="project herons"), rule) == []


@pytest.mark.parametrize(
    ("rule", "silent", "speaks"),
    [
        (Rule(1, "links", limit=2), Said(links=2), Said(links=3)),
        (Rule(1, "newcomer", limit=7), Said(author_days=7), Said(author_days=6)),
        (Rule(1, "volume", limit=10), Said(author_posts_last_hour=10), Said(author_posts_last_hour=11)),
        (Rule(1, "age", limit=365), Said(quiet_days=365), Said(quiet_days=366)),
        (Rule(1, "disclosure", "interest"), Said(disclosures=frozenset({"interest"})), Said()),
        (
            Rule(1, "words", "price", tag="Suppliers"),
            Said(text="price"),
            Said(text="price", tags=frozenset({"suppliers"})),
        ),
    ],
    ids=lambda value: getattr(value, "kind", None),
)
def test_a_limit_speaks_only_beyond_it(rule: Rule, silent: Said, speaks: Said) -> None:
    assert rules_that_speak(silent, rule) == []
    assert rules_that_speak(speaks, rule) == [1]


def test_hits_come_once_a_rule_and_in_the_order_of_the_rules() -> None:
    rules = [Rule(5, "words", "one\ntwo"), Rule(2, "pattern", "two"), Rule(9, "words", "absent")]
    assert rules_that_speak(Said(text="two one two"), *rules) == [5, 2]


RUNAWAY = [
    *(
        f"({a}{b}){c}$"
        for a in ("a", "a|a", "a|aa", "[a-z]", ".", r"\w")
        for b in ("+", "*", "{1,30}")
        for c in ("+", "{2,40}")
    ),
    *(f"({'a?' * n}){'a' * n}" for n in (10, 20, 30, 40, 60)),
    *(f"({'x+' * n})+y" for n in (2, 3, 5, 8, 13)),
    *(f"(.*){{{n}}}z" for n in (5, 10, 20)),
    *(rf"^(([a-z])+.)+[A-Z]{n}$" for n in ("", "+", "*")),
    r"(a+)\1",
    r"(?=a+b)a+",
    r"(?<!a)b",
    "(a{1000}){1000}",
    "((a{100}){100}){100}",
    "x{100000}",
    "",
    "(",
    "a**",
    "a*",
]


def test_no_pattern_runs_away() -> None:
    """A search that went back would not end on this text within a lifetime; that the test ends is the assertion."""
    assert len(RUNAWAY) >= 60
    text = "a" * 20_000 + "!" + "x" * 5_000
    refused = 0
    for pattern in RUNAWAY:
        try:
            patterns.check(pattern)
        except patterns.BadPattern:
            refused += 1
        else:
            list(patterns.PatternSet({1: pattern}).matches(text))
            patterns.excerpt(pattern, text)
    assert refused >= 10


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        (" ", "empty"),
        ("a" * 401, "too_long"),
        ("(a", "not_a_pattern"),
        (r"(a)\1", "not_a_pattern"),
        ("a*", "matches_nothing_said"),
    ],
)
def test_a_bad_pattern_says_what_is_wrong(pattern: str, code: str) -> None:
    with pytest.raises(patterns.BadPattern, match=code):
        patterns.check(pattern)
