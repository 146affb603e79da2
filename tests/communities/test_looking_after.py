"""Looking after a community: its charter and review, experts, pins, templates, parts, welcome, health."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.charters.models import Charter
from communities.joining import actions as joining
from communities.openings.models import Opening
from communities.pinning.actions import pin
from communities.reporting.reading import report_of
from communities.reviewing import actions as reviewing
from communities.reviewing.calendar import look_at_charters
from communities.reviewing.models import Review
from communities.roles import actions as roles
from communities.roles.models import Expertise
from communities.suggesting.reading import suggestions_for
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Membership, Space
from intranet.content.tagging import tags_named
from intranet.notify.models import Follow, Notification
from intranet.people.models import User
from tests.factories import threads as make
from tests.factories.cast import join, person, space

DUE = date(2026, 11, 1)
DAY = datetime(2026, 11, 1, 6, tzinfo=UTC)


def code_of(deed, *args, **more) -> str:
    try:
        deed(*args, **more)
    except Refused as refusal:
        return refusal.verdict.code
    return ""


def told(verb: str) -> list[str]:
    catch_up_all()
    rows = Notification.objects.filter(event__verb=verb).order_by("recipient__username")
    return list(rows.values_list("recipient__username", flat=True))


@pytest.fixture
def due(cast):
    """The open and the secret community are due for review."""
    Charter.objects.filter(space__in=[cast.open, cast.secret]).update(review_date=DUE)
    return cast


def test_a_due_review_waits_for_its_owner_is_brought_up_again_and_goes_to_the_knowledge_managers(
    due, sign_in
):
    assert look_at_charters(DAY - timedelta(days=1)) == 0
    assert (look_at_charters(DAY), look_at_charters(DAY)) == (2, 0)
    assert told("review_due") == ["owner", "owner"]
    page = sign_in(due.owner).get("/").content.decode()
    assert "Its charter is due for review" in page and "Actuators" in page and "Merger" in page
    assert look_at_charters(DAY + timedelta(days=6)) == 0
    assert (look_at_charters(DAY + timedelta(days=7)), look_at_charters(DAY + timedelta(days=8))) == (2, 0)
    assert told("review_reminded") == ["owner", "owner"]
    assert look_at_charters(DAY + timedelta(days=21)) == 2
    assert told("review_escalated") == ["km", "owner", "owner"]
    page = sign_in(due.km).get("/").content.decode()
    assert "Nobody has reviewed this community for three weeks" in page
    assert "Actuators" in page and "Merger" not in page


def test_renewing_sets_the_next_date_and_ends_the_wait(due, sign_in):
    look_at_charters(DAY)
    owner = sign_in(due.owner)
    later = timezone.localdate() + timedelta(days=100)
    assert owner.post("/c/open-talk/review/", {"decision": "renew", "until": "2020-01-01"}).status_code == 422
    assert (
        owner.post("/c/open-talk/review/", {"decision": "renew", "until": later.isoformat()}).url
        == "/c/open-talk/"
    )
    assert Charter.objects.get(space=due.open).review_date == later
    assert Review.objects.get(space=due.open).decision == "renewed"
    assert "Actuators</bdi> is due" not in owner.get("/").content.decode()
    assert look_at_charters(DAY + timedelta(days=30)) == 2  # the secret one: reminded and escalated


def test_an_archived_community_is_read_and_not_written_and_can_be_reopened(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open)
    owner, alex = sign_in(cast.owner), sign_in(cast.alex)
    assert alex.post("/c/open-talk/review/", {"decision": "archive"}).status_code == 403
    owner.post("/c/open-talk/review/", {"decision": "archive", "note": "Done with it."})
    page = alex.get("/c/open-talk/").content.decode()
    assert "Archived: can only be read" in page and "Ask here" not in page
    assert alex.get(talk.get_absolute_url()).status_code == 200
    assert code_of(make.reply, cast.alex, talk) == "archived"
    assert code_of(joining.join, person=cast.outsider, space=cast.open) == "archived"
    assert code_of(joining.add, actor=cast.owner, space=cast.open, person=cast.outsider) == "archived"
    joining.leave(person=cast.hiba, space=cast.open)
    owner.post("/c/open-talk/reopen/")
    assert code_of(make.reply, cast.alex, talk) == ""
    verbs = Event.objects.filter(verb__in=["space_archived", "space_reopened"]).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["space_archived", "space_reopened"]


def test_a_secret_community_is_not_offered_to_merge_into(cast, sign_in):
    page = sign_in(cast.km).get("/c/open-talk/review/").content.decode()
    assert "Line 3" in page and "Merger" not in page
    reviewing.renew(actor=cast.km, space=cast.open)
    assert code_of(reviewing.archive, actor=cast.km, space=cast.secret) == "not_found"


def test_an_expert_offers_is_approved_and_may_accept(cast, sign_in):
    alex, owner = sign_in(cast.alex), sign_in(cast.owner)
    sent = {"topic": "AX-40", "sentence": "I drew its seal."}
    assert alex.post("/c/open-talk/experts/", sent | {"sentence": ""}).status_code == 422
    alex.post("/c/open-talk/experts/", sent)
    alex.post("/c/open-talk/experts/", sent)
    offer = Expertise.objects.get()
    assert told("offered_expertise") == ["owner"]
    assert "I drew its seal." not in sign_in(cast.noa).get("/c/open-talk/experts/").content.decode()
    assert "I drew its seal." in owner.get("/c/open-talk/experts/").content.decode()
    assert code_of(roles.decide_expertise, actor=cast.noa, offer=offer, accept=True) == "not_runner"
    owner.post("/c/open-talk/experts/decide/", {"offer": offer.pk, "decision": "accept"})
    assert Membership.objects.get(space=cast.open, person=cast.alex).role == "expert"
    assert "AX-40" in sign_in(cast.noa).get("/c/open-talk/").content.decode()
    alex.post("/c/open-talk/experts/decide/", {"offer": offer.pk, "decision": "end"})
    assert Membership.objects.get(space=cast.open, person=cast.alex).role == "member"


def test_an_offer_is_declined_with_a_reason_that_is_read(cast, sign_in):
    (tag,) = tags_named(["AX-40"])
    offer = roles.offer_expertise(person=cast.alex, space=cast.open, tag=tag, sentence="I drew its seal.")
    assert code_of(roles.decide_expertise, actor=cast.owner, offer=offer, accept=False) == "no_reason"
    roles.decide_expertise(actor=cast.owner, offer=offer, accept=False, reason="Let us talk first.")
    assert "Let us talk first." in sign_in(cast.alex).get("/c/open-talk/experts/").content.decode()
    assert (
        code_of(roles.offer_expertise, person=cast.outsider, space=cast.open, tag=tag, sentence="I")
        == "not_member"
    )


def test_pins_stand_first_until_their_end(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open, "How we measure")
    owner = sign_in(cast.owner)
    tomorrow = timezone.localdate() + timedelta(days=1)
    owner.post("/c/open-talk/pins/", {"thread": talk.public_id, "until": tomorrow.isoformat()})
    page = sign_in(cast.alex).get("/c/open-talk/").content.decode()
    assert "Pinned" in page and "How we measure" in page
    talk.pin.until = timezone.now() - timedelta(minutes=1)
    talk.pin.save()
    assert "How we measure" not in sign_in(cast.alex).get("/c/open-talk/").content.decode()
    assert code_of(pin, actor=cast.alex, post=talk) == "not_moderator"
    assert code_of(pin, actor=cast.owner, post=talk, until=timezone.now() - timedelta(days=1)) == "bad_end"
    for n in range(4):
        pin(actor=cast.owner, post=make.discussion(cast.noa, cast.open, f"Talk {n}"))
    assert code_of(pin, actor=cast.owner, post=talk) == "too_many_pins"


def test_a_template_fills_the_empty_form(cast, sign_in):
    owner = sign_in(cast.owner)
    said = {"kind": "question", "name": "Fault in the field", "title": "Fault: ", "body": "## What you saw"}
    assert owner.post("/c/open-talk/templates/", said | {"name": ""}).status_code == 422
    owner.post("/c/open-talk/templates/", said)
    owner.post("/c/open-talk/templates/", said | {"body": "## What you saw\n\n## Since when"})
    row = Opening.objects.get()
    alex = sign_in(cast.alex)
    assert "Fault in the field" in alex.get("/c/open-talk/ask/").content.decode()
    assert "Fault in the field" not in alex.get("/c/open-talk/start/").content.decode()
    assert "## Since when" in alex.get(f"/c/open-talk/ask/?template={row.pk}").content.decode()
    assert "## Since when" not in alex.get(f"/c/partners/ask/?template={row.pk}").content.decode()
    assert alex.get("/c/open-talk/templates/").status_code == 403
    owner.post("/c/open-talk/templates/", {"remove": row.pk})
    assert not Opening.objects.exists()


def test_a_newcomer_is_welcomed_once(cast, sign_in):
    Charter.objects.filter(space=cast.open).update(welcome="Say hello first.")
    joining.join(person=cast.outsider, space=cast.open)
    outsider = sign_in(cast.outsider)
    shown = ["Say hello first." in outsider.get("/c/open-talk/").content.decode() for _ in range(2)]
    assert shown == [True, False]
    assert "Say hello first." not in sign_in(cast.alex).get("/c/open-talk/").content.decode()
    assert "Say hello first." in outsider.get("/c/open-talk/about/").content.decode()


CHARTER = {
    "name": "Actuators",
    "slug": "open-talk",
    "purpose": "All that turns.",
    "visibility": "open",
    "joining": "open",
    "posting": "members",
    "audience": "Designers",
    "goal": "Fewer returns",
    "success_signs": "2.5 %",
    "hours_a_week": "3",
    "answer_within_hours": "12",
    "review_date": "2027-02-14",
}


def test_the_charter_is_changed_by_those_who_run_it(cast, sign_in):
    assert sign_in(cast.alex).post("/c/open-talk/charter/", CHARTER).status_code == 403
    owner = sign_in(cast.owner)
    assert owner.post("/c/open-talk/charter/", CHARTER | {"goal": ""}).status_code == 422
    assert owner.post("/c/open-talk/charter/", CHARTER).url == "/c/open-talk/about/"
    assert Charter.objects.get(space=cast.open).goal == "Fewer returns"
    changed = Event.objects.get(verb="charter_changed").data["changed"]
    assert "goal" in changed and "visibility" not in changed


def test_parts_are_one_level_deep_and_hidden_with_their_secrecy(cast, sign_in):
    owner = sign_in(cast.owner)
    for slug, parent in (("by-request", cast.open), ("merger", cast.open)):
        place = Space.objects.get(slug=slug)
        said = CHARTER | {
            "slug": slug,
            "name": place.name,
            "visibility": place.visibility,
            "parent": parent.pk,
        }
        assert owner.post(f"/c/{slug}/charter/", said).url == f"/c/{slug}/about/"
    deeper = CHARTER | {"slug": "partners", "name": "Partners", "parent": cast.request.pk}
    assert owner.post("/c/partners/charter/", deeper).status_code == 422
    page = sign_in(cast.outsider).get("/c/open-talk/").content.decode()
    assert "Line 3" in page and "Merger" not in page
    assert "Merger" in sign_in(cast.alex).get("/c/open-talk/").content.decode()


def test_suggestions_say_why_and_stay_away_when_told(cast, sign_in):
    field = cast.outsider.unit
    rig = space("rigs", "request", owner=cast.alex, name="Rigs", joining="request")
    join(rig, cast.hiba, cast.former)
    assert suggestions_for(cast.outsider) == []
    join(rig, cast.km)
    seals = space("seals", owner=cast.alex, name="Seals")
    (tag,) = tags_named(["seals"])
    Follow.objects.create(person=cast.outsider, tag=tag)
    for n in range(4):
        make.discussion(cast.alex, seals, f"Seal {n}", tags=["seals"])
    hidden = space("hidden", "secret", owner=cast.alex, name="Hidden")
    join(hidden, cast.hiba, cast.former, cast.km)
    make.discussion(cast.alex, hidden, "Seal", tags=["seals"])
    found = {each.space.slug: str(each.why) for each in suggestions_for(cast.outsider)}
    assert found == {
        "seals": "4 threads about <bdi>seals</bdi>, which you follow",
        "rigs": f"3 colleagues from <bdi>{field.label}</bdi> are members",
    }
    outsider = sign_in(cast.outsider)
    assert "which you follow" in outsider.get("/c/").content.decode()
    outsider.post("/c/seals/not-for-me/")
    assert [each.space.slug for each in suggestions_for(User.objects.get(pk=cast.outsider.pk))] == ["rigs"]


def test_what_one_answered_is_a_reason_as_long_as_one_may_read_it(cast):
    seals = space("seals", owner=cast.alex, name="Seals")
    make.discussion(cast.alex, seals, "Seal", tags=["seals"])
    hidden = space("hidden", "secret", owner=cast.alex, name="Hidden")
    join(hidden, cast.outsider)
    make.answer(cast.outsider, make.question(cast.alex, hidden, tags=["seals"]))
    found = [str(each.why) for each in suggestions_for(User.objects.get(pk=cast.outsider.pk))]
    assert found == ["1 thread about <bdi>seals</bdi>, which you answer"]
    Membership.objects.filter(space=hidden, person=cast.outsider).delete()
    assert suggestions_for(User.objects.get(pk=cast.outsider.pk)) == []


def test_the_health_counts_with_its_base_and_opens_the_list(cast, sign_in):
    sunday = datetime(2026, 11, 22, 8, tzinfo=UTC)  # ten o'clock in Jerusalem
    now = sunday + timedelta(days=8)
    Membership.objects.filter(space=cast.open).update(joined=sunday - timedelta(days=200))
    Membership.objects.filter(space=cast.open, person=cast.hiba).update(joined=sunday - timedelta(days=5))
    kept = make.question(cast.noa, cast.open, "Kept", at=sunday)
    make.answer(cast.alex, kept, at=sunday + timedelta(hours=2))
    missed = make.question(cast.hiba, cast.open, "Missed", at=sunday)
    make.answer(cast.alex, missed, at=sunday + timedelta(days=6))
    make.question(cast.hiba, cast.open, "Waits still", at=now - timedelta(hours=1))
    report = report_of(cast.open, now)
    assert (report.active.part, report.active.whole) == (3, 6)
    assert (report.in_time.part, report.in_time.whole) == (1, 2)
    assert (report.newcomers.part, report.newcomers.whole) == (0, 1)
    assert (report.crossing.part, report.crossing.whole) == (1, 2)
    assert sign_in(cast.outsider).get("/c/by-request/health/").status_code == 404
    for figure in ("active", "in_time", "newcomers", "crossing"):
        assert sign_in(cast.alex).get(f"/c/open-talk/health/?list={figure}").status_code == 200


def test_announcements_are_written_by_those_who_run_it(cast, sign_in):
    Space.objects.filter(pk=cast.open.pk).update(posting="managers")
    alex = sign_in(cast.alex).get("/c/open-talk/").content.decode()
    assert "Ask here" not in alex and "its owners write" in alex
    assert "Announce" in sign_in(cast.owner).get("/c/open-talk/").content.decode()
    assert code_of(make.question, cast.alex, cast.open) == "announce_only"


@pytest.mark.parametrize(
    "page", ["", "members/", "experts/", "requests/", "invite/", "links/", "health/", "review/", "pins/"]
)
def test_pages_cost_the_same_for_few_and_many(cast, sign_in, page):
    owner = sign_in(cast.owner)

    def fill(n: int) -> None:
        for k in range(n):
            new = person(f"new{n}{k}", "employee", unit=cast.hiba.unit)
            joining.add(actor=cast.owner, space=cast.open, person=new)
            (tag,) = tags_named([f"topic {n} {k}"])
            offer = roles.offer_expertise(person=new, space=cast.open, tag=tag, sentence="Mine.")
            roles.decide_expertise(actor=cast.owner, offer=offer, accept=True)
            roles.offer_expertise(person=new, space=cast.open, tag=tags_named(["other"])[0], sentence="Mine.")
            pin(actor=cast.owner, post=make.discussion(new, cast.open, f"Talk {n} {k}"))

    def cost() -> int:
        owner.get(f"/c/open-talk/{page}")
        with CaptureQueriesContext(connection) as caught:
            assert owner.get(f"/c/open-talk/{page}").status_code == 200
        return len(caught)

    fill(1)
    one = cost()
    fill(3)
    assert cost() == one
