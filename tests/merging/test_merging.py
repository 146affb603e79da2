"""A community that becomes part of another one: what goes along, who newly reads, and the way back."""

from __future__ import annotations

import pytest

from communities.charters.models import Charter
from communities.merging import actions as merging
from communities.merging.carrying import carry_on
from communities.merging.models import Merger
from communities.merging.reading import new_readers, readers_of
from communities.moving import actions as moving
from communities.pinning.actions import pin
from communities.pinning.models import Pin
from communities.reviewing import actions as reviewing
from communities.reviewing.models import Review
from communities.roles import actions as roles
from communities.roles.models import Expertise
from intranet.access import visibility
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Membership, Post, Space
from intranet.content.tagging import tags_named
from intranet.notify.models import Follow, Notification
from intranet.people.models import ApiToken, User
from tests.factories import threads as make
from tests.factories.cast import join, space


def code_of(deed, **more) -> str:
    try:
        deed(**more)
    except Refused as refusal:
        return refusal.verdict.code
    return ""


def told(verb: str) -> list[str]:
    catch_up_all()
    rows = Notification.objects.filter(event__verb=verb).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True).distinct())


def members_of(place: Space) -> dict[str, str]:
    return dict(Membership.objects.filter(space=place).values_list("person__username", "role"))


@pytest.fixture
def gears(cast) -> Space:
    """The receiving community, which Hiba owns."""
    return space("gears", owner=cast.hiba, name="Gears")


@pytest.fixture
def merged(cast, gears) -> Merger:
    """Partners, an open community with threads, a pin and an expert, has become part of Gears."""
    asked = make.question(cast.noa, cast.partners, title="Which grease?", tags=["grease"])
    make.answer(cast.alex, asked, "The red one.")
    pin(actor=cast.owner, post=asked)
    make.discussion(cast.alex, cast.partners)
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears, note="We overlap.")
    return merging.answer(actor=cast.hiba, merger=proposed, accept=True)


def test_readers_are_those_who_see_into_a_community(cast):
    for place in (cast.open, cast.request, cast.secret, cast.partners):
        seeing = {each.username for each in User.objects.all() if visibility.enters_space(each, place)}
        assert set(readers_of(place).values_list("username", flat=True)) == seeing


def test_threads_people_pins_and_follows_go_along_and_the_old_address_leads_on(cast, gears, merged, sign_in):
    asked = Post.objects.get(title="Which grease?")
    assert (merged.state, merged.carried, merged.total) == ("done", 2, 2)
    assert set(Post.objects.filter(space=gears, root=None).values_list("public_id", flat=True)) >= {
        asked.public_id
    }
    assert not Post.objects.filter(space=cast.partners).exists()
    assert members_of(gears) == {"hiba": "owner", "owner": "member", "noa": "member", "alex": "member"}
    assert Pin.objects.get(post=asked).space == gears
    assert Space.objects.get(slug="partners").archived_at is not None
    assert Review.objects.get().decision == "merged"
    client = sign_in(cast.outsider)
    answer = client.get("/c/partners/")
    assert (answer.status_code, answer["Location"]) == (302, "/c/gears/?from=partners")
    page = client.get(answer["Location"]).content.decode()
    assert "became part of this community" in page and "Which grease?" in page
    thread = client.get(asked.get_absolute_url()).content.decode()
    assert "Moved here from" in thread and "The red one." in thread
    assert client.get("/c/partners/about/").status_code == 200


def test_who_follows_the_old_community_hears_of_the_new_one_unless_they_chose(cast, gears):
    Follow.objects.create(person=cast.noa, space=cast.partners, level="watching")
    Follow.objects.create(person=cast.alex, space=cast.partners, level="watching")
    Follow.objects.create(person=cast.alex, space=gears, level="muted")
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    merging.answer(actor=cast.hiba, merger=proposed, accept=True)
    levels = Follow.objects.filter(space=gears).order_by("person__username")
    assert list(levels.values_list("person__username", "level")) == [("alex", "muted"), ("noa", "watching")]


@pytest.mark.parametrize(
    ("keep", "noa", "outcome"), [(False, "member", "waiting"), (True, "expert", "accepted")]
)
def test_roles_stay_below_member_unless_the_receiver_says(cast, gears, keep, noa, outcome):
    [grease] = tags_named(["grease"])
    offer = roles.offer_expertise(person=cast.noa, space=cast.partners, tag=grease, sentence="I mix it.")
    roles.decide_expertise(actor=cast.owner, offer=offer, accept=True)
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    merging.answer(actor=cast.hiba, merger=proposed, accept=True, keep_roles=keep)
    found = members_of(gears)
    assert found == {
        "hiba": "owner",
        "owner": "manager" if keep else "member",
        "noa": noa,
        "alex": "member",
    }
    assert Expertise.objects.get(space=gears).outcome == outcome


def test_guests_never_come_along(cast, gears):
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    merging.answer(actor=cast.hiba, merger=proposed, accept=True, keep_roles=True)
    assert "guest" not in members_of(gears)


def test_nobody_newly_reads_without_the_number_being_confirmed_on_both_sides(cast, gears, sign_in):
    hidden = make.discussion(cast.noa, cast.request)
    n = new_readers(cast.request, gears)
    assert n == readers_of(gears).exclude(pk__in=readers_of(cast.request)).count() > 0
    owner, hiba = sign_in(cast.owner), sign_in(cast.hiba)
    address = "/c/by-request/merge/"
    assert f"I know that {n} people" in owner.get(f"{address}?into=gears").content.decode()
    assert owner.post(address, {"into": "gears"}).status_code == 403
    assert owner.post(address, {"into": "gears", "readers": str(n - 1)}).status_code == 403
    assert not Merger.objects.exists()
    assert owner.post(address, {"into": "gears", "readers": str(n)}).status_code == 302
    merger = Merger.objects.get()
    assert f"I know that {n} people" in hiba.get("/c/gears/merges/").content.decode()
    said = {"merger": merger.public_id, "answer": "accept"}
    assert hiba.post("/c/gears/merges/", said).status_code == 403
    assert sign_in(cast.outsider).get(hidden.get_absolute_url()).status_code == 404
    assert hiba.post("/c/gears/merges/", said | {"readers": str(n)}).status_code == 302
    assert sign_in(cast.outsider).get(hidden.get_absolute_url()).status_code == 200


def test_a_receiver_that_opened_since_has_to_be_asked_anew(cast):
    narrow = space("narrow", "request", owner=cast.hiba)
    proposed = merging.propose(
        actor=cast.owner, space=cast.request, into=narrow, readers=new_readers(cast.request, narrow)
    )
    Space.objects.filter(pk=narrow.pk).update(visibility="open")
    assert code_of(merging.answer, actor=cast.hiba, merger=proposed, accept=True, readers=10_000) == "changed"


def test_a_knowledge_manager_merges_at_any_time_with_the_consent_of_the_receiving_owner(cast, gears, sign_in):
    make.discussion(cast.noa, cast.partners)
    assert code_of(merging.propose, actor=cast.alex, space=cast.partners, into=gears) == "not_runner"
    proposed = merging.propose(actor=cast.km, space=cast.partners, into=gears)
    assert told("merge_asked") == ["hiba"]
    waits = sign_in(cast.hiba).get(proposed.get_absolute_url()).content.decode()
    assert ("/c/gears/merges/" in waits, "Waits for your answer" in waits) == (True, True)
    assert "/c/gears/merges/" not in sign_in(cast.km).get(proposed.get_absolute_url()).content.decode()
    for somebody in (cast.owner, cast.km, cast.alex):
        assert code_of(merging.answer, actor=somebody, merger=proposed, accept=True) == "not_runner"
    assert merging.answer(actor=cast.hiba, merger=proposed, accept=True).state == "done"


def test_an_administrator_proposes_and_does_not_consent_for_others(cast, gears):
    proposed = merging.propose(actor=cast.admin, space=cast.partners, into=gears)
    assert proposed.state == "asked"
    assert code_of(merging.answer, actor=cast.admin, merger=proposed, accept=True) == "not_runner"
    Membership.objects.filter(space=gears).update(role="member")
    assert merging.answer(actor=cast.admin, merger=proposed, accept=True).state == "done"


def test_a_proposal_that_is_declined_leaves_everything_and_is_told(cast, gears):
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    merging.answer(actor=cast.hiba, merger=proposed, accept=False)
    assert (Review.objects.get().decision, Space.objects.get(slug="partners").archived_at) == ("open", None)
    assert told("merge_declined") == ["owner"]
    assert code_of(merging.propose, actor=cast.owner, space=cast.open, into=cast.open) == "bad_merge"


def test_a_proposal_is_withdrawn_by_hand_or_by_another_decision(cast, gears, sign_in):
    first = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    sign_in(cast.owner).post(first.get_absolute_url(), {"withdraw": "1"})
    assert merging.answer(actor=cast.hiba, merger=first, accept=True).state == "declined"
    second = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    reviewing.renew(actor=cast.owner, space=cast.partners)
    assert code_of(merging.answer, actor=cast.hiba, merger=second, accept=True) == "answered"
    assert "No proposal waits." in sign_in(cast.hiba).get("/c/gears/merges/").content.decode()
    assert Space.objects.get(slug="partners").archived_at is None


def test_a_secret_community_is_named_to_nobody_outside(cast, gears, sign_in):
    assert sign_in(cast.hiba).get("/c/merger/merge/").status_code == 404
    assert sign_in(cast.km).get("/c/merger/merge/?into=gears").status_code == 404
    page = sign_in(cast.hiba).get("/c/gears/merge/").content.decode()
    assert "Merger" not in page
    into_secret = merging.propose(actor=cast.owner, space=cast.partners, into=cast.secret, readers=10)
    assert into_secret.state == "done"
    assert sign_in(cast.outsider).get("/c/partners/").status_code == 200
    assert "merger" not in sign_in(cast.outsider).get("/c/partners/").content.decode()


def test_all_of_it_is_taken_back_within_a_day_and_what_was_written_since_goes_along(
    cast, gears, merged, sign_in
):
    asked = Post.objects.get(title="Which grease?")
    make.answer(cast.hiba, asked, "Written since.")
    assert code_of(merging.take_back, actor=cast.owner, merger=merged) == "not_runner"
    hiba = sign_in(cast.hiba)
    address = f"/mergers/{merged.public_id}/"
    assert "Take it back" in hiba.get(address).content.decode()
    assert hiba.post(address, {"undo": "1"}).status_code == 302
    merged.refresh_from_db()
    assert merged.state == "undone"
    assert Post.objects.filter(space=cast.partners).count() == 4
    assert members_of(gears) == {"hiba": "owner"}
    assert Pin.objects.get().space == cast.partners
    old = Space.objects.get(slug="partners")
    assert (old.archived_at, old.charter.merged_into) == (None, None)
    assert sign_in(cast.alex).get("/c/partners/").status_code == 200
    assert "Written since." in sign_in(cast.alex).get(asked.get_absolute_url()).content.decode()
    assert merging.take_back(actor=cast.hiba, merger=merged).state == "undone"


def test_what_was_done_to_a_thread_since_stays_where_it_is(cast, gears, merged):
    asked = Post.objects.get(title="Which grease?")
    moving.convert(actor=cast.hiba, thread=asked, kind="idea")
    assert merging.take_back(actor=cast.hiba, merger=merged).state == "undone"
    asked.refresh_from_db()
    assert asked.space == gears
    assert Post.objects.filter(space=cast.partners, root=None).count() == 1


def test_a_thread_under_a_full_lock_stays_readable_in_the_old_community(cast, gears):
    kept = make.discussion(cast.noa, cast.partners)
    make.lock(cast.moderator, kept)
    make.discussion(cast.alex, cast.partners)
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    done = merging.answer(actor=cast.hiba, merger=proposed, accept=True)
    kept.refresh_from_db()
    assert (done.state, done.carried, kept.space.slug) == ("done", 1, "partners")


def test_a_big_merger_goes_on_by_itself_and_twice_is_once(cast, gears, monkeypatch):
    monkeypatch.setattr("communities.merging.tasks.MERGE_AT_ONCE", 0)
    monkeypatch.setattr("communities.merging.carrying.MERGE_BATCH", 2)
    for n in range(5):
        make.discussion(cast.noa, cast.partners, title=f"Thread {n}")
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    running = merging.answer(actor=cast.hiba, merger=proposed, accept=True)
    assert (running.state, running.total, running.carried) == ("running", 5, 0)
    seen = []
    while carry_on(running.public_id):
        running.refresh_from_db()
        seen.append(running.carried)
    running.refresh_from_db()
    assert (running.state, running.carried) == ("done", 5)
    assert seen == [0, 0, 2, 4]
    assert carry_on(running.public_id) is False
    assert Event.objects.filter(verb="carried").count() == 5


def test_who_opens_the_receiver_on_the_way_stops_it_and_the_page_says_why(cast, monkeypatch, sign_in):
    monkeypatch.setattr("communities.merging.tasks.MERGE_AT_ONCE", 0)
    narrow = space("narrow", "request", owner=cast.hiba)
    hidden = make.discussion(cast.noa, cast.request)
    n = new_readers(cast.request, narrow)
    proposed = merging.propose(actor=cast.owner, space=cast.request, into=narrow, readers=n)
    running = merging.answer(actor=cast.hiba, merger=proposed, accept=True, readers=n)
    Space.objects.filter(pk=narrow.pk).update(visibility="open")
    assert carry_on(running.public_id) is False
    assert "Stopped on its way" in sign_in(cast.hiba).get(running.get_absolute_url()).content.decode()
    assert sign_in(cast.outsider).get(hidden.get_absolute_url()).status_code == 404
    assert sign_in(cast.outsider).get(running.get_absolute_url()).status_code == 404


def test_parts_of_the_old_community_become_parts_of_the_new_one(cast, gears):
    Charter.objects.filter(space=cast.open).update(parent=cast.partners)
    proposed = merging.propose(actor=cast.owner, space=cast.partners, into=gears)
    merging.answer(actor=cast.hiba, merger=proposed, accept=True)
    assert Charter.objects.get(space=cast.open).parent == gears


def test_a_review_that_ends_in_merging_leads_to_what_it_would_mean(cast, gears, sign_in):
    answer = sign_in(cast.owner).post(
        "/c/partners/review/", {"decision": "merge", "into": gears.slug, "note": "We overlap."}
    )
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/c/partners/merge/?into=gears&note=We+overlap.",
    )
    reviewing.renew(actor=cast.owner, space=cast.partners)


def test_programs_merge_look_and_take_back(cast, gears, client):
    join(gears, cast.owner, role="manager")

    def send(person, method, path, body=None):
        bearer = {"Authorization": f"Bearer {ApiToken.issue(person, 'merge')}"}
        call = getattr(client, method)
        return call(f"/api/v1{path}", body, content_type="application/json", headers=bearer)

    ahead = send(cast.owner, "get", "/communities/partners/merger/gears").json()
    assert (ahead["threads"], ahead["guests"]) == (0, 1)
    assert send(cast.alex, "get", "/communities/partners/merger/gears").status_code == 404
    made = send(cast.owner, "post", "/communities/partners/merger", {"into": "gears"})
    assert (made.status_code, made.json()["state"]) == (201, "done")
    led = send(cast.alex, "get", "/communities/partners/threads")
    assert (led.status_code, led["Location"]) == (302, "/api/v1/communities/gears/threads")
    address = f"/mergers/{made.json()['id']}"
    assert send(cast.alex, "get", address).status_code == 404
    assert send(cast.hiba, "put", f"{address}/undone", {"undone": True}).json()["state"] == "undone"
