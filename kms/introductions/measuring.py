"""What became of pairs after 30 and 90 days, and whether introducing people works here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import Coalesce

from intranet.content.models import Post
from kms.introductions.effect import Effect, Share, against_held_out, matched, needed
from kms.introductions.models import Arm, Candidate, Introduction, Outcome
from kms.network import packing

AFTER = (30, 90)
"""Days after which one looks."""
APART = timedelta(days=7)
"""A tie is durable when there are deeds on two days at least this far apart."""

Deeds = Mapping[tuple[int, int], Sequence[tuple[float, int]]]
"""By pair, low person first: when (epoch seconds), and who did it."""


@dataclass(frozen=True)
class Between:
    """What was between two people in a span of time."""

    tied: bool
    reciprocated: bool
    durable: bool


def between(deeds: Sequence[tuple[float, int]], start: datetime, end: datetime) -> Between:
    """Read the deeds of one pair in a span."""
    inside = [(at, who) for at, who in deeds if start.timestamp() <= at < end.timestamp()]
    moments = [at for at, _ in inside]
    durable = bool(moments) and max(moments) - min(moments) >= APART.total_seconds()
    return Between(bool(inside), len({who for _, who in inside}) == 2, durable)


def measure(now: datetime) -> int:
    """Write down what became of each pair that is old enough; how many rows. Safe to repeat.

    The days of an introduced pair run from when it was asked, of others from the draw. The thread in which two were made to meet
    does not count as a tie that formed.
    """
    made = 0
    for days in AFTER:
        span = timedelta(days=days)
        due = list(
            Candidate.objects.exclude(outcomes__days=days)
            .annotate(since=Coalesce("introduction__asked_at", F("drawn_at")))
            .filter(since__lte=now - span)
        )
        if not due:
            continue
        deeds = _deeds(due, min(one.since for one in due) - span, max(one.since for one in due) + span)
        rows = [_outcome(one, days, deeds[one.low_id, one.high_id], span) for one in due]
        made += len(Outcome.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def _outcome(one: Candidate, days: int, deeds: Sequence[tuple[float, int]], span: timedelta) -> Outcome:
    after = between(deeds, one.since, one.since + span)
    before = between(deeds, one.since - span, one.since)
    return Outcome(
        candidate=one,
        days=days,
        tied=after.tied,
        reciprocated=after.reciprocated,
        durable=after.durable,
        reciprocated_before=before.reciprocated,
        durable_before=before.durable,
    )


def _deeds(pairs: Iterable[Candidate], start: datetime, end: datetime) -> Deeds:
    """The deeds of the wanted pairs, without those in the threads where they were made to meet."""
    wanted = {(one.low_id, one.high_id) for one in pairs}
    arranged = Introduction.objects.exclude(thread=None).values("thread")
    left_out = set(Post.objects.filter(root__in=arranged).values_list("pk", flat=True))
    left_out |= set(Post.objects.filter(pk__in=arranged).values_list("pk", flat=True))
    found: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for source, target, _, at, _, _, post in packing.read(start, end).array.tolist():
        pair = (min(source, target), max(source, target))
        if pair in wanted and post not in left_out:
            found[pair].append((at / 1_000_000, source))
    return found


@dataclass(frozen=True)
class Line:
    """One row of the table: what is asked, of how many introduced and other pairs, and the difference."""

    days: int
    what: str
    introduced: Share
    others: Share
    effect: Effect


@dataclass(frozen=True)
class Judgement:
    """Whether introducing works: the lines, how the comparison was made, and how many pairs each side needs."""

    lines: list[Line]
    held_out: bool
    needed: int

    @property
    def main(self) -> Line:
        """Reciprocated after 90 days: what the sentence on top is about."""
        return next(line for line in self.lines if (line.days, line.what) == (90, "reciprocated"))


def judge(*, held_out: bool) -> Judgement:
    """Compare the pairs that were asked with those that were held out, or with the most alike that were not asked."""
    outcomes = list(
        Outcome.objects.select_related("candidate")
        .annotate(asked=F("candidate__introduction"))
        .order_by("pk")
    )
    lines = [
        _line([row for row in outcomes if row.days == days], days, what, held_out)
        for days in AFTER
        for what in ("reciprocated", "durable")
    ]
    return Judgement(lines, held_out, needed())


def _line(rows: list[Outcome], days: int, what: str, held_out: bool) -> Line:
    introduced = [row for row in rows if row.asked]
    if held_out:
        others = [row for row in rows if row.candidate.arm == Arm.HELD]
        effect = against_held_out(_share(introduced, what), _share(others, what))
    else:
        twins = _twins(introduced, [row for row in rows if not row.asked])
        others = [twin for _, twin in twins]
        effect = matched(
            [tuple(getattr(row, name) for row in pair for name in (f"{what}_before", what)) for pair in twins]
        )
    return Line(days, what, _share(introduced, what), _share(others, what), effect)


def _share(rows: list[Outcome], what: str) -> Share:
    return Share(sum(getattr(row, what) for row in rows), len(rows))


def _twins(introduced: list[Outcome], others: list[Outcome]) -> list[tuple[Outcome, Outcome]]:
    """For each introduced pair the pair of the same groups and kind with the nearest score, each used once."""
    free = list(others)
    found = []
    for row in introduced:
        alike = [other for other in free if _likeness(other) == _likeness(row)]
        if alike:
            twin = min(alike, key=lambda other: abs(other.candidate.score - row.candidate.score))
            free.remove(twin)
            found.append((row, twin))
    return found


def _likeness(row: Outcome) -> tuple[str, ...]:
    return (row.candidate.kind, *sorted(row.candidate.groups))
