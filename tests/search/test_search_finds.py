"""What a search finds, in which order, and how it counts."""

import pytest

from intranet.content.models import Tag
from intranet.posting.actions import edit
from intranet.search.searching import search
from intranet.search.similar import similar
from tests.search.writing import answer, ask, discuss, reply


def titles(page):
    return [entry.title or entry.post.root.title for entry in page.items]


def test_all_words_are_needed_in_any_form_and_either_language(cast, indexed):
    ask(cast.noa, cast.open, "Motors drift when warm", "See the burn-in sheet.")
    ask(cast.noa, cast.open, "מה גורם לסחיפת המנועים?", "אחרי חימום ב־AX-40")
    ask(cast.noa, cast.open, "Which grease?", "for the motor")
    indexed()
    assert titles(search(cast.alex, "motor drifting")) == ["Motors drift when warm"]
    assert titles(search(cast.alex, "מנוע")) == ["מה גורם לסחיפת המנועים?"]
    assert titles(search(cast.alex, "ax40")) == ["מה גורם לסחיפת המנועים?"]
    assert titles(search(cast.alex, "motor")) == ["Motors drift when warm", "Which grease?"]


def test_counts_are_by_type_and_do_not_follow_the_type_filter(cast, indexed):
    question = ask(cast.noa, cast.open, "Torque on AX-40")
    answer(cast.alex, question, "Check the torque sheet")
    reply(cast.noa, discuss(cast.alex, cast.open, "Torque tools"), "my torque wrench")
    indexed()
    page = search(cast.hiba, "torque", type="answer")
    assert [entry.type for entry in page.items] == ["answer"]
    assert page.counts == {"question": 1, "answer": 1, "discussion": 1, "reply": 1}
    assert page.total == 4


def test_people_and_communities_are_found_by_name_in_both_languages(cast, indexed):
    ask(cast.noa, cast.open, "x", "y")
    indexed()
    assert [entry.person for entry in search(cast.alex, "Tiltan").items] == [cast.noa]
    assert [entry.person for entry in search(cast.alex, "תלתן").items] == [cast.noa]
    assert [entry.space for entry in search(cast.alex, "המפעילים").items] == [cast.open]
    assert search(cast.alex, "Ina Left").items == []


def test_a_phrase_comes_first_and_words_as_typed_before_their_other_forms(cast, indexed):
    ask(cast.noa, cast.open, "Warm rigs and motors")
    ask(cast.noa, cast.open, "Warm rigs and a motor")
    ask(cast.noa, cast.open, "About warm motors")
    indexed()
    assert titles(search(cast.alex, "warm motors")) == [
        "About warm motors",
        "Warm rigs and motors",
        "Warm rigs and a motor",
    ]
    assert titles(search(cast.alex, '"warm motors"')) == ["About warm motors"]


def test_a_title_counts_more_than_a_text_and_new_more_than_old(cast, indexed):
    ask(cast.noa, cast.open, "Something else", "about grease")
    ask(cast.noa, cast.open, "Grease for the old rig", days_ago=2000)
    ask(cast.noa, cast.open, "Grease for the new rig")
    indexed()
    assert titles(search(cast.alex, "grease")) == [
        "Grease for the new rig",
        "Grease for the old rig",
        "Something else",
    ]


def test_a_topic_finds_its_threads_and_narrows_a_search(cast, indexed):
    ask(cast.noa, cast.open, "One", "torque", tags=["burn-in"])
    ask(cast.noa, cast.open, "Two", "torque")
    indexed()
    assert titles(search(cast.alex, "", tag="burn-in")) == ["One"]
    assert titles(search(cast.alex, "torque", tag="burn-in")) == ["One"]
    assert titles(search(cast.alex, "burnin")) == ["One"]
    assert search(cast.alex, "", tag="nothing").items == []


def test_a_community_narrows_a_search(cast, indexed):
    ask(cast.noa, cast.open, "Torque here")
    ask(cast.noa, cast.request, "Torque there")
    indexed()
    page = search(cast.noa, "torque", community="by-request")
    assert (titles(page), page.counts) == (["Torque there"], {"question": 1})


def test_a_topic_with_a_name_in_both_languages_translates(cast, indexed):
    ask(cast.noa, cast.open, "ההיסט השתנה", tags=["offset"])
    Tag.objects.filter(slug="offset").update(name_he="היסט")
    ask(cast.noa, cast.open, "Where is the offset stored?")
    indexed()
    for typed in ("offset", "היסט"):
        assert set(titles(search(cast.alex, typed))) == {"Where is the offset stored?", "ההיסט השתנה"}


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("greese", "grease"), ("תקלא", "תקלה"), ("maneg", ""), ("", ""), ("the of", "")],
)
def test_a_misspelt_word_is_searched_as_the_nearest_word_of_a_title(cast, indexed, typed, searched):
    ask(cast.noa, cast.open, "Which grease?", "blue")
    ask(cast.noa, cast.open, "תקלה בקו", "שוב")
    indexed()
    page = search(cast.alex, typed)
    assert page.query.text == (searched or typed)
    assert page.instead_of == (typed if searched else "")
    assert bool(page.items) is bool(searched)


def test_pages_follow_each_other_without_gap_or_repetition(cast, indexed, settings):
    settings.KESHER_RATE_LIMITS = False
    for number in range(45):
        ask(cast.noa, cast.open, f"Grease {number}")
    indexed()
    seen, cursor = [], ""
    while True:
        page = search(cast.alex, "grease", cursor=cursor)
        seen += titles(page)
        cursor = page.next
        if not cursor:
            break
    assert sorted(seen) == sorted(f"Grease {number}" for number in range(45))
    assert page.total == 45


def test_a_cursor_of_somebody_else_is_the_first_page(cast, indexed):
    ask(cast.noa, cast.open, "Grease")
    indexed()
    for cursor in ("x", "!!", "YWZ0ZXI6LTU", "YWZ0ZXI6eA"):
        assert titles(search(cast.alex, "grease", cursor=cursor)) == ["Grease"]


def test_words_of_a_question_and_its_answer_find_the_answer(cast, indexed):
    question = ask(cast.noa, cast.open, "Torque of AX-40 drifts", tags=["burn-in"])
    answer(cast.alex, question, "Store the offset again")
    indexed()
    assert [entry.type for entry in search(cast.hiba, "AX-40 offset").items] == ["answer"]
    assert [entry.type for entry in search(cast.hiba, "AX-40").items] == ["question"]
    edit(editor=cast.noa, post=question, source="", title="Torque of AX-60 drifts", base_revision=1)
    indexed()
    assert [entry.type for entry in search(cast.hiba, "AX-60 offset").items] == ["answer"]
    assert search(cast.hiba, '"AX-40 offset"').items == []


def test_when_nothing_has_all_words_what_has_most_comes_first(cast, indexed):
    ask(cast.noa, cast.open, "Grease for cold")
    ask(cast.noa, cast.open, "Grease for cold bearings")
    ask(cast.noa, cast.open, "Something else")
    indexed()
    page = search(cast.alex, "cold grease bearings supplier")
    assert (page.partly, page.counts) == (True, {"question": 2})
    assert titles(page) == ["Grease for cold bearings", "Grease for cold"]
    assert search(cast.alex, "cold grease").partly is False


@pytest.mark.parametrize("count", [1, 3])
def test_similar_threads_cost_the_same_for_one_and_three(cast, indexed, django_assert_num_queries, count):
    for number in range(count):
        answer(cast.alex, ask(cast.noa, cast.open, f"Cold grease {number}"), "cold grease")
    indexed()
    assert cast.hiba.space_roles
    similar(cast.hiba, "grease")  # reads how common words are, and keeps it
    with django_assert_num_queries(2):
        found = similar(cast.hiba, "Which grease when cold?")
        assert [entry.post.author.unit.name for entry in found] == ["Lab"] * count


def test_a_similar_thread_shares_words_in_any_of_its_posts(cast, indexed):
    drift = ask(cast.noa, cast.open, "Zero drifts", "on rig B")
    answer(cast.alex, drift, "Above 45 °C the offset of AX-40 walks")
    ask(cast.noa, cast.open, "AX-40 spare parts")
    indexed()
    assert [entry.post for entry in similar(cast.hiba, "Why does the offset of my AX-40 change?")] == [drift]


def test_of_similar_threads_one_with_the_words_in_its_title_comes_first_then_one_of_the_own_space(
    cast, indexed
):
    titled = ask(cast.noa, cast.open, "The offset of AX-40")
    here = ask(cast.noa, cast.partners, "Zero drifts", "the offset of AX-40")
    there = ask(cast.noa, cast.request, "Zero walks", "the offset of AX-40")
    indexed()
    title = "Why does the offset of my AX-40 change?"
    for space, order in ((cast.partners, [titled, here, there]), (cast.request, [titled, there, here])):
        assert [entry.post for entry in similar(cast.noa, title, space=space)] == order
    assert [entry.post for entry in similar(cast.hiba, title)] == [titled, here]
    assert [entry.post for entry in similar(cast.noa, title, limit=1)] == [titled]


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_one_and_three(cast, indexed, django_assert_num_queries, count):
    for number in range(count):
        answer(
            cast.alex, ask(cast.noa, cast.open, f"Grease {number}", "grease", tags=["cold"]), "more grease"
        )
    indexed()
    assert cast.hiba.space_roles
    with django_assert_num_queries(4):
        page = search(cast.hiba, "grease")
        for entry in page.items:
            assert entry.post.space.name and entry.post.author.unit.name and entry.post.get_absolute_url
    assert page.total == 2 * count
