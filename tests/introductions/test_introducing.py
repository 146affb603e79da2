"""From a report to two people who meet: drawn pairs, consent, private answers, no more than three at a time."""

import random
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Post
from intranet.notify.models import Notification
from intranet.people.models import User
from kms.consent.actions import choose
from kms.introductions import actions, drawing, reading
from kms.introductions.models import Arm, Candidate, Introduction, Outcome, Stage
from kms.introductions.tasks import look_after_introductions
from kms.network import freezing, sources
from kms.network.computing import gather
from kms.network.models import Interaction, Snapshot
from kms.network.terms import State
from tests.factories.cast import join, person, space
from tests.network.organisation import END, START, chatter, mail, staff

WHY = "Both of you fight the same noise."


@pytest.fixture
def km(db):
    return person("km", "employee", "km", name="Michal Arvati")


@pytest.fixture
def company(km):
    made = staff(lab=14, sales=16, works=18)
    chatter(made, inside=0.5, across=0.04)
    for people in made.values():
        for one in people[2:]:
            choose(person=one, introduced=True)
    return made


@pytest.fixture
def drawn(km, company):
    """Pairs of a report whose figures nobody needs here."""
    snapshot = Snapshot.objects.create(asked_by=km, start=START, end=END, state=State.DONE)
    freezing.freeze(snapshot, gather(snapshot, sources.people(snapshot)))
    return drawing.draw(snapshot, random.Random(5))


@pytest.fixture
def offered(drawn):
    return Candidate.objects.filter(arm=Arm.OFFERED).select_related("low", "high").first()


@pytest.fixture
def asked(km, offered):
    return actions.introduce(actor=km, candidate=offered, pretext=WHY)


def both(introduction):
    return introduction.candidate.low, introduction.candidate.high


def test_only_those_who_take_part_are_drawn_and_half_is_held_out(drawn, company):
    outsiders = {one.pk for people in company.values() for one in people[:2]}
    assert drawn and not outsiders & {end for one in drawn for end in (one.low_id, one.high_id)}
    arms = [one.arm for one in drawn]
    assert abs(arms.count(Arm.HELD) - arms.count(Arm.OFFERED)) <= 2
    assert all(one.low.unit_id != one.high.unit_id for one in Candidate.objects.select_related("low", "high"))


def test_a_pair_keeps_its_arm(drawn):
    before = dict(Candidate.objects.values_list("pk", "arm"))
    drawing.draw(drawn[0].snapshot, random.Random(6))
    after = dict(Candidate.objects.values_list("pk", "arm"))
    assert {pk: after[pk] for pk in before} == before


def test_held_out_pairs_are_nowhere_and_cannot_be_asked(client, km, drawn):
    held = Candidate.objects.filter(arm=Arm.HELD).first()
    client.force_login(km)
    assert client.get(f"/km/network/introductions/{held.pk}/").status_code == 404
    shown = {one.candidate.pk for one in reading.suggestions(1000)}
    assert shown and not shown & {one.pk for one in Candidate.objects.filter(arm=Arm.HELD)}
    with pytest.raises(Refused):
        actions.introduce(actor=km, candidate=held, pretext=WHY)


def test_the_manager_asks_both_by_the_page(client, km, offered):
    client.force_login(km)
    page = client.get("/km/network/introductions/").content.decode()
    assert f"/km/network/introductions/{offered.pk}/" in page
    empty = client.post(f"/km/network/introductions/{offered.pk}/", {"pretext": ""})
    assert empty.status_code == 422
    client.post(f"/km/network/introductions/{offered.pk}/", {"pretext": WHY})
    made = Introduction.objects.get()
    assert sorted(made.sides.values_list("person", flat=True)) == sorted([offered.low_id, offered.high_id])
    catch_up_all()
    assert set(Notification.objects.values_list("recipient", flat=True)) == {offered.low_id, offered.high_id}
    note = Notification.objects.get(recipient=offered.low)
    client.force_login(offered.low)
    assert client.get(f"/inbox/{note.pk}/").headers["Location"] == "/network/introductions/"


def test_a_pair_that_no_chain_of_ties_joins_is_told_so(client, km, offered):
    reasons = [{"code": "far_apart", "numbers": {"steps": 0}, "topics": [], "groups": []}]
    Candidate.objects.filter(pk=offered.pk).update(reasons=reasons)
    client.force_login(km)
    page = client.get(f"/km/network/introductions/{offered.pk}/").content.decode()
    assert "No chain of ties leads from one to the other." in page


def test_asking_twice_asks_once(km, offered, asked):
    assert actions.introduce(actor=km, candidate=offered, pretext="Another reason.") == asked
    assert Introduction.objects.count() == 1 and asked.sides.count() == 2


def test_both_say_yes_and_meet_in_a_thread(client, asked):
    low, high = both(asked)
    room = space("gears", owner=low)
    join(room, high)
    client.force_login(low)
    assert WHY in client.get("/network/introductions/").content.decode()
    client.post(f"/network/introductions/{asked.pk}/answer/", {"answer": "yes"})
    assert "If the other does too" in client.get("/network/introductions/").content.decode()
    actions.answer(person=high, introduction=asked, answer="yes")
    asked.refresh_from_db()
    assert asked.stage == Stage.AGREED
    said = {"how": "thread", "thread-title": "Gear noise", "thread-space": room.pk}
    answer = client.post(f"/network/introductions/{asked.pk}/meet/", said)
    thread = Post.objects.get(title="Gear noise")
    assert answer.headers["Location"] == thread.get_absolute_url()
    assert f"@{high.username}" in thread.source and WHY in thread.source
    client.post(f"/network/introductions/{asked.pk}/meet/", said)
    assert Post.objects.filter(title="Gear noise").count() == 1
    client.post(f"/network/introductions/{asked.pk}/meet/", {"how": "met"})
    asked.refresh_from_db()
    assert asked.stage == Stage.MET


def test_a_meeting_has_a_time_to_come(client, asked):
    low, high = both(asked)
    for one in (low, high):
        actions.answer(person=one, introduction=asked, answer="yes")
    client.force_login(high)
    past = client.post(
        f"/network/introductions/{asked.pk}/meet/", {"how": "meeting", "meeting-at": "2020-01-01T10:00"}
    )
    assert past.status_code == 422 and "That time has passed." in past.content.decode()
    when = timezone.localtime() + timedelta(days=2)
    said = {"how": "meeting", "meeting-at": f"{when:%Y-%m-%dT%H:%M}", "meeting-place": "Canteen"}
    client.post(f"/network/introductions/{asked.pk}/meet/", said)
    asked.refresh_from_db()
    assert (asked.place, timezone.localtime(asked.meet_at).day) == ("Canteen", when.day)


def test_nobody_meets_before_both_said_yes(client, asked):
    low, _ = both(asked)
    actions.answer(person=low, introduction=asked, answer="yes")
    client.force_login(low)
    answer = client.post(f"/network/introductions/{asked.pk}/meet/", {"how": "met"})
    assert answer.status_code == 403 and "First both of you say yes." in answer.content.decode()


def test_a_no_looks_like_silence_to_the_manager_and_to_the_other(client, km, asked):
    low, high = both(asked)

    def seen_by(who, address):
        client.force_login(who)
        page = client.get(address).content.decode()
        return re.sub(r'value="[\w-]{64}"|[\w-]{20,}', "", page[page.index("<main") : page.index("</main>")])

    views = [(km, "/km/network/introductions/"), (high, "/network/introductions/")]
    before = [seen_by(*view) for view in views]
    actions.answer(person=low, introduction=asked, answer="no")
    assert [seen_by(*view) for view in views] == before
    catch_up_all()
    assert not Notification.objects.filter(event__actor=low).exists()
    assert "no" not in [value for row in Event.objects.filter(actor=low) for value in row.data.values()]
    Introduction.objects.update(expires_at=timezone.now())
    look_after_introductions.func()
    asked.refresh_from_db()
    assert asked.stage == Stage.CLOSED
    assert "Did not come about" in seen_by(*views[0])
    assert "did not come about" in seen_by(*views[1])


def test_silence_ends_the_same_way(asked):
    Introduction.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    look_after_introductions.func()
    asked.refresh_from_db()
    assert asked.stage == Stage.CLOSED
    with pytest.raises(Refused):
        actions.answer(person=both(asked)[0], introduction=asked, answer="yes")


def test_a_stranger_finds_nothing(client, asked, company):
    client.force_login(company["lab"][0])
    assert WHY not in client.get("/network/introductions/").content.decode()
    assert client.post(f"/network/introductions/{asked.pk}/answer/", {"answer": "yes"}).status_code == 404
    assert client.post(f"/network/introductions/{asked.pk}/meet/", {"how": "met"}).status_code == 404
    assert client.get("/km/network/introductions/").status_code == 404


def test_nobody_has_more_than_three_open(km, offered):
    one = offered.low
    others = User.objects.exclude(unit=one.unit).filter(network_standing__introduced=True).exclude(pk=km.pk)
    rows = []
    for other in others.exclude(pk=offered.high_id)[:4]:
        low, high = sorted([one.pk, other.pk])
        row, _ = Candidate.objects.update_or_create(
            low_id=low,
            high_id=high,
            defaults={"snapshot": offered.snapshot, "kind": "likely", "arm": "offered"},
        )
        rows.append(row)
    for row in rows[:3]:
        actions.introduce(actor=km, candidate=row, pretext=WHY)
    with pytest.raises(Refused) as refused:
        actions.introduce(actor=km, candidate=rows[3], pretext=WHY)
    assert refused.value.verdict.code == "full"


def test_who_left_is_not_asked(km, offered):
    choose(person=offered.high, introduced=False)
    with pytest.raises(Refused):
        actions.introduce(actor=km, candidate=offered, pretext=WHY)
    assert offered.pk not in {one.candidate.pk for one in reading.suggestions(1000)}


def test_what_became_of_pairs_is_written_down_once(km, offered):
    held = Candidate.objects.filter(arm=Arm.HELD).first()
    then = timezone.now() - timedelta(days=31)
    Candidate.objects.update(drawn_at=then)
    made = actions.introduce(actor=km, candidate=offered, pretext=WHY, at=then)
    low, high = both(made)
    Interaction.objects.bulk_create(
        mail(a, b, then + timedelta(days=days))
        for a, b, days in ((low, high, 2), (high, low, 12), (held.low, held.high, 2))
    )
    for _ in range(2):
        look_after_introductions.func()
    rows = {row.candidate_id: row for row in Outcome.objects.all()}
    assert len(rows) == Candidate.objects.count() == Outcome.objects.count()
    assert [(rows[pk].tied, rows[pk].reciprocated, rows[pk].durable) for pk in (offered.pk, held.pk)] == [
        (True, True, True),
        (True, False, False),
    ]


def test_the_page_says_too_few_to_tell(client, km, asked):
    client.force_login(km)
    page = client.get("/km/network/introductions/").content.decode()
    assert "Too few to tell: 49 pairs on each side are needed." in page


def test_queries_do_not_grow_with_suggestions(client, km, drawn):
    client.force_login(km)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/km/network/introductions/")
        return len(queries)

    cost()
    many = cost()
    keep = Candidate.objects.filter(arm=Arm.OFFERED).first()
    Candidate.objects.exclude(pk=keep.pk).delete()
    assert cost() == many
