"""The finder and the page of a person, as their readers see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from experts.evidence.actions import endorse, judge
from experts.evidence.models import Evidence
from experts.profiles.models import Profile
from intranet.activity import readers
from intranet.content.models import Tag
from intranet.people.models import ApiToken
from tests.factories.cast import Cast, make_cast
from tests.factories.knowledge import catch_up, solved


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def page(client, reader, address: str, **parameters: str) -> BeautifulSoup:
    client.force_login(reader)
    answer = client.get(address, parameters)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def names(soup: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in soup.select("ol.rows .who a")]


def test_the_finder_shows_people_with_why_load_and_dated_evidence(client, cast):
    for number in range(3):
        solved(cast.noa, cast.alex, cast.open, f"Drift {number}", tags=["AX-40"])
    catch_up()
    soup = page(client, cast.outsider, "/experts/", q="AX-40 drift")
    row = soup.select_one("ol.rows > li")
    assert names(soup) == ["Alex Dromi"]
    assert "3 accepted answers on AX-40, 3 of them in the last month" in words(row)
    assert "questions this week: 3/5" in words(row)
    lines = row.select("li.ev")
    assert [words(line).split(":")[0] for line in lines] == ["Accepted answer"] * 3
    assert all(line.a["href"].startswith("/t/") and line.time["datetime"] for line in lines)


def test_the_finder_without_a_question_asks_for_one_and_with_an_unknown_topic_says_nobody(client, cast):
    assert "Name a topic or describe the problem." in words(page(client, cast.alex, "/experts/"))
    empty = page(client, cast.alex, "/experts/", q="zeppelin").select_one(".empty")
    assert words(empty).startswith("Nobody yet.")
    assert empty.a["href"] == "/ask/"


def test_the_finder_can_leave_out_my_unit_and_who_is_away(client, cast):
    for person in (cast.alex, cast.hiba, cast.owner):
        solved(cast.noa, person, cast.open, "Drift")
    Profile.objects.create(person=cast.alex, paused=True, languages=["he"], cover=cast.noa)
    catch_up()
    assert names(page(client, cast.outsider, "/experts/", q="drift", available="on")) == [
        "Omer Vardan",
        "Hiba Zeituni",
    ]
    assert names(page(client, cast.outsider, "/experts/", q="drift", other="on")) == [
        "Omer Vardan",
        "Alex Dromi",
    ]
    only = page(client, cast.outsider, "/experts/", q="drift", speaks="he")
    assert names(only) == ["Alex Dromi"]
    assert "Ask Noa Tiltan instead" in words(only)


def test_the_finder_names_what_may_answer_already(client, cast):
    solved(cast.noa, cast.alex, cast.open, "Drift of the torque")
    solved(cast.noa, cast.alex, cast.secret, "Drift of the secret torque")
    readers.catch_up_all()
    aside = page(client, cast.outsider, "/experts/", q="torque drift").select_one("[aria-labelledby=h-else]")
    assert [words(link) for link in aside.select("a")] == [
        "Drift of the torque",
        "Look for answers and articles",
        "Share practice in a community",
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/experts/?q=%00", 200),
        ("/people/%00/", 404),
        ("/people/alex/evidence/99999999999999999999/", 404),
        (f"/experts/?q={'x' * 5000}", 200),
    ],
)
def test_odd_addresses_break_nothing(client, cast, address, status):
    client.force_login(cast.noa)
    assert client.get(address).status_code == status


def test_the_finder_shows_ten_and_says_how_many_more(client, cast):
    endorsed = list(cast.people.values())[:12]
    for person in endorsed:
        person.__class__.objects.filter(pk=person.pk).update(is_active=True, suspended_until=None)
        person.refresh_from_db()
        endorse(actor=cast.alex if person != cast.alex else cast.noa, person=person, topic="Drift")
    catch_up()
    first = page(client, cast.outsider, "/experts/", q="drift")
    assert (len(names(first)), words(first.select_one("#h-found"))) == (10, "12 people")
    more = first.find("a", string="2 more people")
    assert len(names(page(client, cast.outsider, f"/experts/{more['href']}"))) == 12


def test_a_profile_groups_evidence_by_topic_and_shows_what_the_person_says(client, cast):
    solved(cast.noa, cast.alex, cast.open, "Drift", tags=["AX-40"])
    solved(cast.noa, cast.alex, cast.open, "Noise", tags=["Bearings", "AX-40"])
    endorse(actor=cast.hiba, person=cast.alex, topic="Bearings", note="on the phone")
    catch_up()
    profile = Profile.objects.create(person=cast.alex, about="Motors since 2009.", languages=["he", "en"])
    profile.ask_about.set(Tag.objects.filter(name="Bearings"))
    soup = page(client, cast.outsider, "/people/alex/")
    assert words(soup.h1) == "Alex Dromi"
    assert [words(heading) for heading in soup.select("section.card h3")] == ["Bearings", "AX-40"]
    assert "Endorsed by Hiba Zeituni" in words(soup)
    assert [words(chip) for chip in soup.select(".chips .chip")] == ["Bearings"]
    assert "Motors since 2009." in words(soup)
    assert "Hebrew, English" in words(soup)
    assert not soup.select("form[action*=evidence]")


def test_only_the_owner_sees_hidden_lines_and_the_buttons(client, cast):
    solved(cast.noa, cast.alex, cast.open, "Drift that stays")
    solved(cast.noa, cast.alex, cast.open, "Noise that goes")
    catch_up()
    line = Evidence.objects.get(post__root__title="Noise that goes")
    client.force_login(cast.alex)
    answer = client.post(f"/people/alex/evidence/{line.pk}/", {"state": "hidden"})
    assert answer["Location"] == "/people/alex/"
    mine = page(client, cast.alex, "/people/alex/").select_one("[aria-labelledby=h-ev]")
    theirs = page(client, cast.outsider, "/people/alex/").select_one("[aria-labelledby=h-ev]")
    assert "Noise that goes" in words(mine)
    assert "Hidden by you; it does not count." in words(mine)
    assert "Noise that goes" not in words(theirs)
    assert "Drift that stays" in words(theirs)


@pytest.mark.parametrize(("reader", "status"), [("noa", 403), ("km", 403), ("guest", 404)])
def test_nobody_else_hides_a_line(client, cast, reader, status):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    catch_up()
    client.force_login(getattr(cast, reader))
    answer = client.post(f"/people/alex/evidence/{Evidence.objects.get().pk}/", {"state": "hidden"})
    assert answer.status_code == status
    assert Evidence.objects.get().hidden_at is None


def test_evidence_and_posts_of_a_secret_space_are_on_nobodys_page_for_outsiders(client, cast):
    solved(cast.noa, cast.alex, cast.secret, "Zephyr merger", tags=["Zephyr"])
    solved(cast.noa, cast.alex, cast.open, "Open drift")
    catch_up()
    for reader in (cast.outsider, cast.former, cast.admin, cast.km, cast.guest):
        client.force_login(reader)
        answer = client.get("/people/alex/")
        if answer.status_code == 200:
            assert "ephyr" not in answer.content.decode()
            assert (
                "1 of 5 questions this week" in words(BeautifulSoup(answer.content, "html.parser"))
                or reader.is_guest
            )
    assert "Zephyr merger" in words(page(client, cast.noa, "/people/alex/"))


def test_a_line_of_a_secret_space_cannot_be_probed_by_its_number(client, cast):
    solved(cast.noa, cast.alex, cast.secret, "Zephyr merger")
    catch_up()
    client.force_login(cast.outsider)
    answer = client.post(f"/people/alex/evidence/{Evidence.objects.get().pk}/", {"state": "hidden"})
    assert (
        answer.status_code
        == client.post("/people/alex/evidence/999999/", {"state": "hidden"}).status_code
        == 404
    )


def test_a_guest_sees_fellow_members_only(client, cast):
    client.force_login(cast.guest)
    assert client.get("/people/alex/").status_code == 200
    assert client.get("/people/hiba/").status_code == 404
    assert client.get("/people/nobody/").status_code == 404


def test_endorsing_from_the_page_and_taking_it_back(client, cast):
    client.force_login(cast.hiba)
    answer = client.post("/people/alex/endorse/", {"topic": "Bearings", "note": "on the phone"})
    assert answer["Location"] == "/people/alex/"
    catch_up()
    button = page(client, cast.hiba, "/people/alex/").select_one("button[name=take_back]")
    assert button["value"] == "bearings"
    client.post("/people/alex/endorse/", {"take_back": "bearings"})
    catch_up()
    assert not Evidence.objects.exists()


def test_a_refused_endorsement_keeps_what_was_typed_and_says_why(client, cast):
    client.force_login(cast.suspended)
    answer = client.post("/people/alex/endorse/", {"topic": "Bearings", "note": "on the phone"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 403
    assert "Your right to write is paused." in words(soup)
    assert soup.select_one("[name=note]")["value"] == "on the phone"


def test_editing_ones_own_page(client, cast):
    client.force_login(cast.alex)
    typed = {
        "about": "Motors",
        "ask_about": "Bearings, AX-40",
        "wants_to_learn": "",
        "languages": ["he"],
        "weekly_cap": "3",
        "away_until": (timezone.localdate() + timedelta(days=4)).isoformat(),
        "cover": "noa",
    }
    assert client.post("/people/alex/edit/", typed)["Location"] == "/people/alex/"
    held = Profile.objects.get()
    assert (held.about, held.languages, held.weekly_cap, held.cover, held.prefers_other_units) == (
        "Motors",
        ["he"],
        3,
        cast.noa,
        False,
    )
    assert sorted(tag.name for tag in held.ask_about.all()) == ["AX-40", "Bearings"]
    soup = page(client, cast.alex, "/people/alex/edit/")
    assert (soup.select_one("[name=cover]")["value"], soup.select_one("[name=ask_about]")["value"]) == (
        "noa",
        "AX-40, Bearings",
    )


def test_a_load_out_of_range_is_refused_beside_its_field_and_keeps_the_rest(client, cast):
    client.force_login(cast.alex)
    answer = client.post("/people/alex/edit/", {"about": "Motors", "weekly_cap": "99"})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.select_one("[name=about]").get_text().strip() == "Motors"
    assert not Profile.objects.exists()


def test_nobody_else_edits_a_page(client, cast):
    client.force_login(cast.km)
    assert client.post("/people/alex/edit/", {"about": "x", "weekly_cap": "1"}).status_code == 403
    assert not Profile.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize("address", ["/people/alex/", "/experts/?q=drift"])
def test_the_number_of_queries_does_not_grow(client, cast, items, address):
    for number in range(items):
        for person in [cast.alex, cast.hiba, cast.owner][:items]:
            solved(cast.noa, person, cast.open, f"Drift {number}", tags=["AX-40", f"Topic {number}"])
    for giver in [cast.hiba, cast.noa, cast.owner][:items]:
        endorse(actor=giver, person=cast.alex, topic="Drift")
    Profile.objects.create(person=cast.alex, cover=cast.noa).ask_about.set(Tag.objects.all())
    catch_up()
    client.force_login(cast.outsider)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    own = [query["sql"] for query in queries if "experts_" in query["sql"] or "posttag" in query["sql"]]
    assert len(queries) <= 18
    assert len(own) == {"/people/alex/": 5, "/experts/?q=drift": 3}[address]


def test_judging_from_the_page_of_another_person_finds_nothing(client, cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    catch_up()
    line = Evidence.objects.get()
    judge(actor=cast.alex, line=line, state="contested", note="not me")
    client.force_login(cast.alex)
    assert client.post(f"/people/noa/evidence/{line.pk}/", {"state": "shown"}).status_code == 404


def test_the_api_gives_ranked_people_with_why_and_evidence(client, cast):
    made = solved(cast.noa, cast.alex, cast.open, "Drift of AX-40")
    solved(cast.noa, cast.alex, cast.secret, "Drift of the secret")
    catch_up()
    token = ApiToken.issue(cast.outsider, "test")
    answer = client.get("/api/v1/experts", {"q": "drift"}, headers={"Authorization": f"Bearer {token}"})
    [found] = answer.json()["items"]
    [line] = found.pop("evidence")
    assert found == {
        "username": "alex",
        "name": "Alex Dromi",
        "unit": "Lab",
        "score": 52,
        "why": "1 accepted answer",
    }
    assert (line["what"], line["topic"], line["url"]) == (
        "accepted",
        "Drift of AX-40",
        made.get_absolute_url(),
    )
    assert answer.json()["next"] is None
