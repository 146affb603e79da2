"""The page of results, the fragment under a title, and the same for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.people.models import ApiToken
from intranet.policies.actions import publish_policy
from tests.search.writing import answer, ask

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def get(client, cast):
    """The page at an address as one of the cast reads it."""

    def page(who: str, address: str, **query: str) -> str:
        client.force_login(cast.people[who])
        response = client.get(address, query)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return page


@pytest.fixture
def written(cast, indexed):
    cast.people["alex"].language = "en"
    question = ask(cast.noa, cast.open, "למה ההיסט של AX-40 נסחף?", "מעל 45 °C ההיסט משתנה", tags=["offset"])
    answer(cast.alex, question, f"The offset of AX-40 {SCRIPT} was learned cold")
    indexed()
    return question


def test_results_show_marks_place_author_and_counts(get, written):
    page = get("alex", "/search/", q="היסט")
    assert "1 result for “היסט”" in page
    assert 'למה ה<mark>היסט</mark> של <bdi dir="ltr">AX-40</bdi> נסחף?' in page
    assert 'מעל <bdi dir="ltr">45 °C</bdi> ה<mark>היסט</mark> משתנה' in page
    assert "Question in <bdi>Actuators</bdi>" in page
    assert f'href="/t/{written.public_id}/"' in page
    assert 'Questions <span class="chip__n">1</span>' in page
    assert 'value="היסט"' in page


def test_the_hebrew_page_runs_right_to_left(get, written):
    page = get("noa", "/search/", q="AX-40")
    assert '<html lang="he" dir="rtl">' in page
    assert 'lang="he" dir="auto">למה ההיסט של <mark><bdi dir="ltr">AX-40</bdi></mark> נסחף?</a>' in page


def test_what_people_typed_is_never_markup(get, written):
    assert SCRIPT not in get("alex", "/search/", q="cold")
    assert SCRIPT not in get("alex", "/search/", q=SCRIPT)


def test_filters_keep_each_other_and_the_words(get, written):
    page = get("alex", "/search/", q="AX-40", type="answer")
    assert 'class="chip" href="?q=AX-40&amp;type=answer" aria-current="true">' in page
    assert 'class="chip" href="?q=AX-40&amp;type=question">' in page
    assert 'href="?q=AX-40&amp;type=answer&amp;community=open-talk"' in page
    narrowed = get("alex", "/search/", q="AX-40", community="open-talk")
    assert 'class="chip" href="?q=AX-40&amp;community=open-talk&amp;type=question">' in narrowed or (
        'class="chip" href="?q=AX-40&amp;type=question&amp;community=open-talk">' in narrowed
    )
    assert '<a href="?q=AX-40">Everywhere</a>' in narrowed


def test_nothing_found_offers_to_ask(get, written):
    page = get("alex", "/search/", q="qqqzzz")
    assert "Nothing for “qqqzzz”" in page
    assert 'href="/ask/?title=qqqzzz"' in page


def test_another_spelling_is_said(get, cast, indexed):
    ask(cast.noa, cast.open, "Which grease?")
    indexed()
    page = get("alex", "/search/", q="greese")
    assert "1 result for “grease”" in page
    assert "Nothing has “greese”, so the nearest spelling was searched." in page


def test_a_topic_is_a_list_of_its_posts(get, written):
    assert "1 post about offset" in get("alex", "/search/", tag="offset")


def test_a_hidden_topic_is_not_even_named(get, cast, indexed):
    ask(cast.noa, cast.secret, "Deal", tags=["zeppelin"])
    indexed()
    assert "zeppelin" not in get("hiba", "/search/", tag="zeppelin").replace("tag=zeppelin", "")


def test_an_empty_search_asks_for_words(get, cast):
    assert "What are you looking for?" in get("alex", "/search/")


@pytest.mark.parametrize(
    "query", [{"q": "a\0b"}, {"q": "'"}, {"q": "\\"}, {"q": "x", "type": "nope"}, {"q": "\"'|&!()"}]
)
def test_odd_words_are_an_ordinary_search(get, written, query):
    get("alex", "/search/", **query)


def test_the_page_costs_the_same_for_one_and_three(client, cast, indexed):
    client.force_login(cast.hiba)

    def queries() -> int:
        client.get("/search/", {"q": "grease"})
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": "grease"})
        return len(captured)

    answer(cast.alex, ask(cast.noa, cast.open, "Grease"), "more grease")
    indexed()
    with_one = queries()
    for number in range(2):
        answer(cast.alex, ask(cast.noa, cast.open, f"Grease {number}"), "more grease")
    indexed()
    assert queries() == with_one


def test_similar_threads_are_a_fragment(get, written):
    fragment = get("hiba", "/search/similar/", title="ההיסט של AX-40 משתנה", community="open-talk")
    assert fragment.startswith('<div class="suggest"')
    assert "1 similar thread." in fragment
    assert "למה ההיסט של AX-40 נסחף?" in fragment


@pytest.mark.parametrize("title", ["", "של", "something else entirely"])
def test_no_similar_thread_is_an_empty_fragment(get, written, title):
    assert get("hiba", "/search/similar/", title=title) == ""


@pytest.fixture
def found(client):
    """What the JSON API answers to the holder of a token."""

    def ask(person, **query) -> dict:
        token = ApiToken.issue(person, "test")
        answered = client.get("/api/v1/search", query, headers={"authorization": f"Bearer {token}"})
        assert answered.status_code == 200
        return answered.json()

    return ask


def test_programs_get_items_counts_and_a_cursor(found, cast, written):
    assert found(cast.alex, q="היסט") == {
        "items": [
            {
                "id": written.public_id,
                "type": "question",
                "title": "למה ההיסט של AX-40 נסחף?",
                "excerpt": "מעל 45 °C ההיסט משתנה",
                "url": f"/t/{written.public_id}/",
                "community": "open-talk",
            }
        ],
        "next": None,
        "counts": {"question": 1},
    }


def test_programs_find_people_and_communities(found, cast, written):
    people = found(cast.alex, q="Tiltan")["items"]
    assert [(item["id"], item["type"], item["url"], item["community"]) for item in people] == [
        ("noa", "person", "/people/noa/", None)
    ]
    places = found(cast.alex, q="actuators", type="community")["items"]
    assert [(item["id"], item["url"], item["community"]) for item in places] == [
        ("open-talk", "/c/open-talk/", "open-talk")
    ]


def test_programs_page_through_results(found, cast, indexed, settings):
    settings.KESHER_RATE_LIMITS = False
    for number in range(21):
        ask(cast.noa, cast.open, f"Grease {number}")
    indexed()
    first = found(cast.alex, q="grease")
    rest = found(cast.alex, q="grease", cursor=first["next"])
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (20, 1, None)
    assert len({item["id"] for item in first["items"] + rest["items"]}) == 21


def test_a_stranger_is_asked_for_a_token(client, written):
    assert client.get("/api/v1/search", {"q": "AX-40"}).status_code == 401


def test_a_policy_is_found_by_a_clause_in_either_language_and_leads_to_it(get, found, cast, indexed):
    clauses = [
        {"anchor": "prices", "title_en": "Prices", "text_en": "Open terms stay in Purchasing.", "title_he": "מחירים", "text_he": "תנאים פתוחים נשארים ברכש."},
        {"anchor": "names", "title_en": "Names", "text_en": "Customers are named in closed places.", "title_he": "שמות", "text_he": "לקוחות מוזכרים במקומות סגורים."},
    ]  # fmt: skip
    publish_policy(owner=cast.admin, slug="suppliers", title="Working with suppliers", clauses=clauses)
    indexed()
    item = found(cast.alex, q="customers")["items"][0]
    assert (item["type"], item["title"]) == ("policy", "Working with suppliers")
    assert (item["url"], item["excerpt"]) == (
        "/policies/suppliers/#names",
        "2. Names: Customers are named in closed places.",
    )
    assert [item["url"] for item in found(cast.alex, q="הרכש")["items"]] == ["/policies/suppliers/#prices"]
    assert "2. Names: <mark>Customers</mark> are named" in get("alex", "/search/", q="customers")
