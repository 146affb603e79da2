"""Introducing two people: a knowledge manager asks both, they answer for themselves, they meet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.threads import actions as threads
from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.settings import product
from kms.consent.models import Standing
from kms.consent.readers import check_reader
from kms.introductions.models import Answer, Arm, Candidate, Introduction, Side, Stage
from kms.introductions.verbs import AGREED, ANSWERED_INTRODUCTION, APPOINTED, INTRODUCED, MET

GONE = refuse("not_possible", _("One of the two no longer takes part in introductions."))
FULL = refuse(
    "full", _("One of the two has as many open introductions as anybody may have. Wait until one ends.")
)


@transaction.atomic
def introduce(
    *,
    actor: User,
    candidate: Candidate,
    pretext: str,
    question: Post | None = None,
    at: datetime | None = None,
) -> Introduction:
    """Ask both people of an offered pair whether they want to meet; asking again gives the first introduction.

    Raises Refused: not a knowledge manager, held out, somebody left, or somebody has too many open.
    """
    check_reader(actor)
    pair = (
        Candidate.objects.select_for_update(of=("self",)).select_related("low", "high").get(pk=candidate.pk)
    )
    if earlier := Introduction.objects.filter(candidate=pair).first():
        return earlier
    if pair.arm == Arm.HELD:
        raise Refused(refuse("held", _("This pair is held out for comparison.")))
    _check_both(pair)
    if question and not all(visibility.sees_post(person, question) for person in (pair.low, pair.high)):
        raise Refused(refuse("unseen", _("One of the two cannot read that question.")))
    now = at or timezone.now()
    made = Introduction.objects.create(
        candidate=pair,
        asked_by=actor,
        asked_at=now,
        expires_at=now + timedelta(days=product.INTRODUCTION_DAYS),
        pretext=pretext,
        question=question,
    )
    for person in (pair.low, pair.high):
        Side.objects.create(introduction=made, person=person)
        record(INTRODUCED, actor, about=person, at=now, introduction=made.pk)
    return made


def _check_both(pair: Candidate) -> None:
    """Raise Refused unless both take part and have room; their rows are locked, so that two managers cannot both fill them."""
    both = (pair.low_id, pair.high_id)
    taking = Standing.objects.select_for_update().filter(person__in=both).order_by("person")
    if sum(one.introduced and one.counted for one in taking) < 2 or not (
        pair.low.is_active and pair.high.is_active
    ):
        raise Refused(GONE)
    for person in both:
        waiting = Introduction.objects.under_way().filter(sides__person=person).count()
        if waiting >= product.INTRODUCTIONS_OPEN:
            raise Refused(FULL)


def _mine(person: User, introduction: Introduction) -> tuple[Introduction, Side, User]:
    """The introduction under a lock, my side of it, and the other person. Raises Introduction.DoesNotExist."""
    mine = Introduction.objects.of(person).values("pk")
    held = Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk, pk__in=mine)
    sides = list(held.sides.select_related("person").all())
    side = next(one for one in sides if one.person_id == person.pk)
    other = next(one for one in sides if one.person_id != person.pk)
    return held, side, other.person


@transaction.atomic
def answer(
    *, person: User, introduction: Introduction, answer: str, at: datetime | None = None
) -> Introduction:
    """Say yes, later or no for oneself; changeable until both said yes or the time is over. Nobody is told of a no.

    Raises Refused when it is over.
    """
    held, side, other = _mine(person, introduction)
    if answer == side.answer:
        return held
    if held.stage != Stage.ASKED:
        raise Refused(refuse("over", _("This introduction can no longer be answered.")))
    now = at or timezone.now()
    side.answer, side.answered_at = answer, now
    side.save(update_fields=["answer", "answered_at"])
    record(ANSWERED_INTRODUCTION, person, at=now, introduction=held.pk)
    longest = held.asked_at + timedelta(days=2 * product.INTRODUCTION_DAYS)
    if answer == Answer.LATER:
        held.expires_at = longest
    if not held.sides.exclude(answer=Answer.YES).exists():
        held.stage, held.agreed_at = Stage.AGREED, now
        record(AGREED, person, about=other, at=now, introduction=held.pk)
    held.save(update_fields=["expires_at", "stage", "agreed_at"])
    return held


@transaction.atomic
def start_thread(*, person: User, introduction: Introduction, space: Space, title: str) -> Post:
    """Meet in a thread: start a discussion that mentions the other; there is one. Raises Refused, also by the gate."""
    held, _side, other = _agreed(person, introduction)
    if held.thread:
        return held.thread
    if space.visibility == visibility.SECRET or not visibility.enters_space(other, space):
        raise Refused(refuse("unseen", _("Choose a community that both of you can read.")))
    source = f"@{other.username} {held.pretext}"
    written = threads.start(
        author=person,
        space=space,
        kind=PostKind.DISCUSSION,
        title=title,
        source=source,
        tags=[held.candidate.topic.name] if held.candidate.topic else (),
    )
    held.thread = written.post
    held.save(update_fields=["thread"])
    return written.post


@transaction.atomic
def fix_meeting(*, person: User, introduction: Introduction, at: datetime, place: str = "") -> Introduction:
    """Meet at a time; the other is told. Raises Refused."""
    held, _side, other = _agreed(person, introduction)
    if (held.meet_at, held.place) == (at, place):
        return held
    held.meet_at, held.place = at, place
    held.save(update_fields=["meet_at", "place"])
    record(APPOINTED, person, about=other, introduction=held.pk)
    return held


@transaction.atomic
def say_met(*, person: User, introduction: Introduction, at: datetime | None = None) -> Introduction:
    """Say that the two met; once is enough. Raises Refused."""
    held, _side, _other = _agreed(person, introduction)
    if held.stage != Stage.MET:
        held.stage = Stage.MET
        held.save(update_fields=["stage"])
        record(MET, person, at=at, introduction=held.pk)
    return held


def _agreed(person: User, introduction: Introduction) -> tuple[Introduction, Side, User]:
    held, side, other = _mine(person, introduction)
    if held.stage not in {Stage.AGREED, Stage.MET}:
        raise Refused(refuse("not_yet", _("First both of you say yes.")))
    return held, side, other


def close_overdue(now: datetime) -> int:
    """Close what was not agreed in time, whoever said what; how many that were."""
    overdue = Introduction.objects.filter(stage=Stage.ASKED, expires_at__lte=now)
    return overdue.update(stage=Stage.CLOSED)
