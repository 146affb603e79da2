"""Mentions of communities and units: who is told, who is warned, and what they never tell."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.activity import readers
from intranet.content.models import Post
from intranet.notify.models import Notification
from intranet.people.models import ApiToken, OrgUnit, User
from intranet.settings import product
from tests.factories import threads as make
from tests.factories.cast import join, person


def crowd(n: int, unit: OrgUnit) -> list[User]:
    return [person(f"crowd{i}", "employee", unit=unit) for i in range(n)]


def told(post: Post) -> set[str]:
    readers.catch_up_all()
    rows = Notification.objects.filter(event__post=post, event__verb="called")
    return set(rows.values_list("recipient__username", flat=True))


def test_a_unit_with_all_below_it_is_told(cast):
    below = OrgUnit.objects.create(path="R&D/Lab/Cold room", name="Cold room", parent=cast.alex.unit)
    person("uri", "employee", unit=below)
    asked = make.question(cast.hiba, cast.open, source="For @u/rd-lab")
    assert told(asked) == {"noa", "alex", "owner", "moderator", "admin", "suspended", "uri"}
    assert '<a class="at" href="/u/rd-lab/"><bdi>@Lab</bdi></a>' in asked.html


def test_members_of_a_community_are_told_where_they_may_read(cast):
    asked = make.question(cast.noa, cast.request, source="@c/open-talk please")
    assert told(asked) == {"alex", "owner"}  # hiba and former may not read here


def test_a_secret_community_is_named_only_in_itself(cast):
    outside = make.question(cast.noa, cast.open, source="@c/merger knows")
    assert "Merger" not in outside.html and told(outside) == set()
    inside = make.question(cast.noa, cast.secret, source="@c/merger knows")
    assert "@Merger" in inside.html and told(inside) == {"alex", "owner"}


def test_where_guests_read_no_other_community_is_named(cast):
    asked = make.question(cast.noa, cast.partners, source="@c/open-talk and @c/partners")
    assert "Actuators" not in asked.html and "@Partners" in asked.html


def send(client: Client, source: str, **more):
    sent = {"title": "Cold start", "source": source, "tags": "", "client_token": "token-0001"}
    return client.post("/c/open-talk/ask/", sent | more)


def test_many_are_told_only_after_it_is_confirmed(cast, sign_in):
    crowd(product.REACH_WARNING, cast.hiba.unit)
    alex = sign_in(cast.alex)
    count = User.objects.filter(unit=cast.hiba.unit, is_active=True).count()
    warned = send(alex, "@u/service-field look")
    page = warned.content.decode()
    assert (warned.status_code, Post.objects.count()) == (422, 0)
    assert f'name="confirmed_reach" value="{count}"' in page
    assert f"Post and tell {count} people" in page
    assert send(alex, "@u/service-field look", confirmed_reach=str(count - 1)).status_code == 422
    assert send(alex, "@u/service-field look", confirmed_reach=str(count)).status_code == 302


def test_few_are_told_without_a_question(cast, sign_in):
    assert send(sign_in(cast.alex), "@u/service-field look").status_code == 302


def test_programs_confirm_too(cast):
    crowd(product.REACH_WARNING, cast.hiba.unit)
    client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(cast.alex, 'tests')}"})
    said = {"title": "T", "source": "@u/service-field"}
    address = "/api/v1/communities/open-talk/threads"
    refused = client.post(address, said, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "reach")
    agreed = client.post(address, said | {"confirmed_reach": 99}, content_type="application/json")
    assert agreed.status_code == 201


@pytest.mark.parametrize(("who", "status"), [("alex", 403), ("owner", 302), ("km", 302)])
def test_very_many_are_told_by_those_who_are_trusted(cast, sign_in, monkeypatch, who, status):
    monkeypatch.setattr("intranet.posting.reach.REACH_LIMIT", 10)
    join(cast.open, cast.km)
    crowd(12, cast.hiba.unit)
    assert send(sign_in(cast.people[who]), "@u/service-field", confirmed_reach="99").status_code == status


def test_what_the_composer_says_below_the_text(cast, sign_in):
    crowd(product.REACH_WARNING, cast.hiba.unit)
    alex = sign_in(cast.alex)
    said = alex.get("/writing/reach/?space=open-talk&name=u/service-field").content.decode()
    assert "You will be asked to confirm it." in said
    assert alex.get("/writing/reach/?space=open-talk&name=c/open-talk").content == b""
    assert sign_in(cast.outsider).get("/writing/reach/?space=merger&name=c/merger").status_code == 404


def keys(client: Client, query: str) -> list[str]:
    return [each["key"] for each in client.get(f"/writing/mentions/?{query}").json()["items"]]


def test_names_are_offered_from_the_first_letters_in_both_languages(cast, sign_in):
    hiba = sign_in(cast.hiba)
    assert keys(hiba, "q=no&space=open-talk") == ["noa"]
    assert keys(hiba, "q=תל&space=open-talk") == ["noa"]
    assert keys(hiba, "q=field&space=open-talk") == ["u/service-field"]
    assert keys(hiba, "q=act&space=open-talk") == ["c/open-talk"]
    assert keys(hiba, "q=c/op&space=open-talk") == ["c/open-talk"]
    assert keys(hiba, "q=") == []


def test_names_that_one_may_not_know_are_not_offered(cast, sign_in):
    assert keys(sign_in(cast.noa), "q=mer&space=open-talk") == []
    assert keys(sign_in(cast.noa), "q=mer&space=merger") == ["c/merger"]
    assert sign_in(cast.outsider).get("/writing/mentions/?q=mer&space=merger").status_code == 404
    guest = sign_in(cast.guest)
    assert keys(guest, "q=hiba") == [] and keys(guest, "q=lab") == [] and keys(guest, "q=act") == []
    assert keys(guest, "q=noa&space=partners") == ["noa"]
    assert guest.get("/u/rd-lab/").status_code == 404


def test_only_who_reads_here_is_offered(cast, sign_in):
    assert keys(sign_in(cast.noa), "q=hiba&space=by-request") == []
    assert keys(sign_in(cast.noa), "q=hiba&space=open-talk") == ["hiba"]


def test_topics_are_offered_but_none_that_only_secret_posts_have(cast, sign_in):
    make.question(cast.noa, cast.open, tags=["Torque"])
    make.question(cast.noa, cast.secret, tags=["Torch price"])

    def topics(who: str) -> list[str]:
        return [each["key"] for each in sign_in(cast.people[who]).get("/writing/tags/?q=tor").json()["items"]]

    assert topics("outsider") == ["Torque"]
    assert sorted(topics("noa")) == ["Torch price", "Torque"]


def test_offers_cost_the_same_for_few_and_many(cast, sign_in):
    alex = sign_in(cast.alex)
    alex.get("/writing/mentions/?q=crowd&space=open-talk")
    with CaptureQueriesContext(
        connection,
    ) as few:
        keys(alex, "q=crowd&space=open-talk")
    crowd(5, cast.hiba.unit)
    with CaptureQueriesContext(connection) as many:
        assert len(keys(alex, "q=crowd&space=open-talk")) == 5
    assert len(many) == len(few)


def test_the_preview_is_the_post(cast, sign_in):
    alex = sign_in(cast.alex)
    text = "ב־45 °C @noa\n\n<script>x</script>"
    asked = make.question(cast.alex, cast.open, source=text)
    page = alex.post("/writing/preview/", {"source": text, "space": "open-talk"}).content.decode()
    part = alex.post(
        "/writing/preview/", {"source": text, "space": "open-talk"}, headers={"X-Requested-With": "fetch"}
    ).content.decode()
    assert asked.html in page and asked.html in part
    assert "<html" in page and "<html" not in part


def test_a_link_may_say_whom_to_ask(cast, sign_in):
    alex = sign_in(cast.alex)
    assert (
        'href="/c/open-talk/ask/?title=Why&amp;mention=noa"'
        in alex.get("/ask/?mention=noa&title=Why").content.decode()
    )
    assert ">\n@noa </textarea>" in alex.get("/c/open-talk/ask/?mention=noa").content.decode()
    assert "@ghost" not in alex.get("/c/open-talk/ask/?mention=ghost").content.decode()
