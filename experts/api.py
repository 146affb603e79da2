"""The finder for programs."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Query, Router, Schema

from experts.finder.find import Expert, Weighed, find, open_lines
from experts.finder.forms import QUESTION_MAX
from intranet.runtime.surfaces import surface

router = Router(tags=["experts"])

MOST_PEOPLE = 50
MOST_LINES = 20


class EvidenceOut(Schema):
    """One line behind a rank: what, on which topic or thread, when, where, and what it counts now."""

    what: str
    topic: str
    at: datetime
    url: str
    weight: float


class ExpertOut(Schema):
    """A person who knows, the standing of 100 that the list is ordered by, why in words, and the evidence."""

    username: str
    name: str
    unit: str | None
    score: int
    why: str
    evidence: list[EvidenceOut]


class ExpertsOut(Schema):
    """The list, best first; it is complete, so `next` is always null."""

    items: list[ExpertOut]
    next: str | None = None


@router.get("/experts", response=ExpertsOut, summary="Who knows about something")
@surface("people the reader may know, by evidence on posts the reader may see")
def experts(request: HttpRequest, q: str = Query("", max_length=QUESTION_MAX)) -> ExpertsOut:
    """People ranked by evidence that the caller may read."""
    found = find(request.user, q)[:MOST_PEOPLE]
    open_lines(found, MOST_LINES)
    return ExpertsOut(items=[_person(expert) for expert in found])


def _person(expert: Expert) -> ExpertOut:
    person = expert.person
    return ExpertOut(
        username=person.username,
        name=person.display_name,
        unit=person.unit.label if person.unit else None,
        score=expert.score,
        why=expert.candidate.why,
        evidence=[_line(weighed) for weighed in expert.lines[:MOST_LINES]],
    )


def _line(weighed: Weighed) -> EvidenceOut:
    line = weighed.line
    return EvidenceOut(
        what=line.kind, topic=line.title, at=line.at, url=line.url, weight=round(weighed.weight, 3)
    )
