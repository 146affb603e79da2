"""Moving a thread to another community: consent, what goes along, and who no longer finds it."""

from __future__ import annotations

import json
import re

import pytest

from communities.moving import actions
from communities.moving.models import Offer
from communities.offering import actions as offers
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Post
from intranet.moderation import actions as moderation
from intranet.moderation.models import Case, Lock
from intranet.notify.following import follow
from intranet.notify.models import Notification
from intranet.search.models import SearchEntry
from tests.factories import threads as make

WORD = "zygomorphic"


def refused(deed) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.verdict.code


def run(place, person) -> None:
    """Make `person` a manager of `place`."""
    Membership.objects.update_or_create(space=place, person=person, defaults={"role": SpaceRole.MANAGER})
    person.__dict__.pop("space_roles", None)


@pytest.fixture
def asked(cast):
    """A question with an answer and a comment, locked for votes, with a case on its answer."""
    asked = make.question(cast.noa, cast.open, f"Why {WORD}?", f"{WORD} again", tags=[WORD])
    answer = make.answer(cast.alex, asked, f"{WORD} mottled.")
    make.comment(cast.hiba, answer, f"{WORD} indeed")
    lock = make.lock(cast.moderator, asked, "votes")
    moderation.flag(reporter=cast.hiba, post=answer, clause=lock.clause)
    readers.catch_up_all()
    return asked


def test_who_runs_both_moves_at_once_and_all_goes_along(cast, asked):
    actions.move(actor=cast.owner, thread=asked, target=cast.request)
    assert set(Post.objects.filter(root=asked).values_list("space", flat=True)) == {cast.request.pk}
    assert Lock.objects.get(post=asked).scope == "votes"
    assert [case.post.text for case in Case.objects.open().handled_by(cast.owner)] == [f"{WORD} mottled."]
    assert Case.objects.get().post.space == cast.request


def test_an_undo_brings_it_back(cast, asked):
    surgery = actions.move(actor=cast.owner, thread=asked, target=cast.secret)
    make.comment(cast.noa, Post.objects.get(root=asked, kind="answer"), "Since then")
    actions.undo(actor=cast.owner, surgery=surgery)
    assert set(Post.objects.filter(root=asked).values_list("space", flat=True)) == {cast.open.pk}
    assert Post.objects.get(pk=asked.pk).space == cast.open
    assert Post.objects.filter(root=asked).count() == 3


def test_the_other_side_consents(cast, asked):
    run(cast.open, cast.hiba)
    offered = offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.request, note="Yours.")
    assert Post.objects.get(pk=asked.pk).space == cast.open
    readers.catch_up_all()
    told = Notification.objects.filter(event__verb="offered").values_list("recipient__username", flat=True)
    assert list(told) == ["owner"]
    assert refused(lambda: offers.take_in(actor=cast.hiba, offered=offered)) == "not_found"
    assert refused(lambda: offers.take_in(actor=cast.alex, offered=offered)) == "not_moderator"
    offers.take_in(actor=cast.owner, offered=offered)
    assert Post.objects.get(pk=asked.pk).space == cast.request
    offered.refresh_from_db()
    assert (offered.state, offered.answered_by) == ("accepted", cast.owner)


def test_a_declined_or_withdrawn_offer_moves_nothing(cast, asked):
    run(cast.open, cast.hiba)
    first = offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.partners)
    offers.decline(actor=cast.owner, offered=first, answer="Not ours.")
    readers.catch_up_all()
    assert Notification.objects.filter(event__verb="declined").get().recipient == cast.hiba
    second = offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.partners)
    offers.withdraw(actor=cast.hiba, offered=second)
    hidden = make.discussion(cast.noa, cast.secret, "The price of it")
    third = offers.offer(actor=cast.owner, thread=hidden, target=cast.request)
    assert third in Offer.objects.visible_to(cast.moderator)
    offers.withdraw(actor=cast.owner, offered=third)
    assert third not in Offer.objects.visible_to(cast.moderator), "who is asked no more learns no more"
    for offered in (first, second):
        assert (
            refused(lambda offered=offered: offers.take_in(actor=cast.owner, offered=offered)) == "answered"
        )
    assert Post.objects.get(pk=asked.pk).space == cast.open


def test_who_lost_the_right_to_give_gives_nothing(cast, asked):
    run(cast.open, cast.hiba)
    offered = offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.partners)
    Membership.objects.filter(space=cast.open, person=cast.hiba).update(role=SpaceRole.MEMBER)
    fresh = Offer.objects.get(pk=offered.pk)
    assert refused(lambda: offers.take_in(actor=cast.owner, offered=fresh)) == "offer_void"


def test_what_may_not_be_moved(cast, asked):
    assert (
        refused(lambda: offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.partners))
        == "not_moderator"
    )
    run(cast.open, cast.hiba)
    assert (
        refused(lambda: offers.move_or_offer(actor=cast.hiba, thread=asked, target=cast.secret))
        == "not_found"
    )
    answer = Post.objects.get(root=asked, kind="answer")
    assert (
        refused(lambda: actions.move(actor=cast.owner, thread=answer, target=cast.partners)) == "not_a_thread"
    )
    make.lock(cast.moderator, asked, "all", clause=Lock.objects.get().clause)
    assert refused(lambda: actions.move(actor=cast.owner, thread=asked, target=cast.partners)) == "locked"


STRANGERS = ["outsider", "hiba", "guest", "moderator", "km", "admin"]


@pytest.mark.parametrize("who", STRANGERS)
def test_in_a_secret_community_it_is_gone_for_everybody_else(cast, asked, who, sign_in, program):
    """`hiba` commented, the moderator has the case of the answer, the guest and the others could read or find it before."""
    person = cast.people[who]
    follow(person=cast.outsider, level="watching", post=asked)
    make.answer(cast.alex, asked, f"{WORD} once more")
    readers.catch_up_all()
    actions.move(actor=cast.owner, thread=asked, target=cast.secret)
    make.answer(cast.alex, Post.objects.get(pk=asked.pk), f"{WORD} in secret")
    readers.catch_up_all()
    person = type(person).objects.get(pk=person.pk)
    client, api = sign_in(person), program(person)
    answer = Post.objects.filter(root=asked).first()
    for page in (
        *(
            "/",
            "/inbox/",
            "/c/open-talk/",
            "/c/open-talk/?kind=question",
            "/moderation/",
            "/offers/",
            "/experts/",
        ),
        *("/search/?q=mottled", "/people/noa/", "/people/alex/", "/people/hiba/"),
    ):
        assert WORD not in client.get(page, follow=True).content.decode(), page
    for path in (f"/t/{asked.public_id}/", f"/p/{answer.public_id}/", f"/t/{answer.public_id}/"):
        nowhere = client.get(re.sub(r"\w{13}", "2222222222222", path))
        assert (client.get(path).status_code, nowhere.status_code) == (404, 404)
    for path in (f"threads/{asked.public_id}", f"threads/{answer.public_id}"):
        assert api.get(f"/api/v1/{path}").status_code == 404
    found = api.get("/api/v1/search?q=mottled").json()
    assert found["items"] == []
    assert [entry for entry in SearchEntry.objects.visible_to(person) if entry.post_id] == []
    assert Notification.objects.visible_to(person).filter(event__post__space=cast.secret).count() == 0


def test_an_old_address_leads_on_for_those_who_see_the_target(cast, sign_in, program):
    one = make.discussion(cast.noa, cast.open, "One")
    two = make.discussion(cast.noa, cast.secret, "Two")
    reply = make.reply(cast.alex, one, "Reply.")
    actions.merge(actor=cast.owner, thread=one, into=two)
    inside, outside = sign_in(cast.alex), sign_in(cast.outsider)
    for post in (one, reply):
        there = f"/t/{two.public_id}/?at={post.public_id}#p-{post.public_id}"
        assert inside.get(f"/t/{post.public_id}/").headers["Location"] == there
        assert inside.get(f"/p/{post.public_id}/").headers["Location"] == there
        for address in (f"/t/{post.public_id}/", f"/p/{post.public_id}/", f"/t/{two.public_id}/"):
            hidden, absent = outside.get(address), outside.get(re.sub(r"\w{13}", "2" * 13, address))
            assert (hidden.status_code, absent.status_code) == (404, 404)
            assert plain(hidden) == plain(absent)
    assert program(cast.alex).get(f"/api/v1/threads/{one.public_id}").headers["Location"] == (
        f"/api/v1/threads/{two.public_id}"
    )
    assert program(cast.outsider).get(f"/api/v1/threads/{one.public_id}").status_code == 404


def plain(response) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'name="next" value="[^"]*"', "", page)


def test_a_split_reply_is_found_at_its_old_place(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open, "One")
    reply = make.reply(cast.alex, talk, "Reply.")
    actions.split(actor=cast.owner, posts=[reply], title="Two", kind="discussion")
    page = sign_in(cast.outsider).get(f"/t/{talk.public_id}/?at={reply.public_id}")
    assert page.headers["Location"] == f"/t/{reply.public_id}/"


def test_the_trace_names_places_to_those_who_know_them(cast, sign_in):
    talk = make.discussion(cast.noa, cast.secret, "One")
    actions.move(actor=cast.owner, thread=talk, target=cast.open)
    inside = sign_in(cast.alex).get(f"/t/{talk.public_id}/").content.decode()
    outside = sign_in(cast.outsider).get(f"/t/{talk.public_id}/").content.decode()
    assert "Moved here from" in inside and "Merger" in inside.split("Moved here from")[1][:200]
    assert "Moved here from another community" in outside and "Merger" not in outside


def test_the_way_through_the_pages(cast, asked, sign_in):
    run(cast.open, cast.hiba)
    giver, taker = sign_in(cast.hiba), sign_in(cast.owner)
    assert "/move/" in giver.get(f"/p/{asked.public_id}/arrange/").content.decode()
    said = {"target": "partners", "note": "Yours"}
    look = giver.post(f"/t/{asked.public_id}/move/", said | {"step": "look"})
    assert "Those who run it are asked first" in look.content.decode()
    giver.post(f"/t/{asked.public_id}/move/", said | {"step": "move"})
    offered = Offer.objects.get()
    assert "Offered threads" in taker.get("/").content.decode()
    assert f"Why {WORD}?" in taker.get("/offers/").content.decode()
    assert sign_in(cast.outsider).get(f"/offers/{offered.public_id}/").status_code == 404
    taker.post(f"/offers/{offered.public_id}/", {"deed": "take_in"})
    page = taker.get(f"/t/{asked.public_id}/").content.decode()
    assert "Moved here from" in page and "Undo" in page
    undo = re.search(r"/surgeries/\w+/undo/", page).group()
    assert sign_in(cast.alex).post(undo).status_code == 403
    taker.post(undo)
    assert Post.objects.get(pk=asked.pk).space == cast.open


def test_by_program(cast, asked, program):
    run(cast.open, cast.hiba)
    giver, taker = program(cast.hiba), program(cast.owner)

    def send(client, method, path, body):
        return client.generic(method, f"/api/v1/{path}", json.dumps(body), content_type="application/json")

    moved = send(giver, "PUT", f"threads/{asked.public_id}/community", {"community": "partners"})
    assert (moved.status_code, moved.json()["state"]) == (202, "waiting")
    waiting = taker.get("/api/v1/offers").json()["items"]
    assert [(row["thread"], row["to"]) for row in waiting] == [(asked.public_id, "partners")]
    answered = send(taker, "PUT", f"offers/{waiting[0]['id']}", {"accepted": True})
    assert answered.json()["state"] == "accepted"
    surgery = taker.get(f"/api/v1/threads/{asked.public_id}/surgeries").json()["items"][0]
    assert (surgery["kind"], surgery["undone"]) == ("move", False)
    assert send(taker, "DELETE", f"surgeries/{surgery['id']}", {}).json()["undone"] is True
    other = make.question(cast.noa, cast.open, "Other")
    merged = send(taker, "PUT", f"threads/{other.public_id}/merged", {"into": asked.public_id})
    assert merged.status_code == 423  # a lock stands on the other one
    converted = send(taker, "PUT", f"posts/{other.public_id}/kind", {"kind": "discussion"})
    assert converted.json()["kind"] == "discussion"
    assert (
        send(program(cast.outsider), "PUT", f"posts/{other.public_id}/kind", {"kind": "idea"}).status_code
        == 403
    )
