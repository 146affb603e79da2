"""Policies for programs: read them, acknowledge them, see who has."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from intranet.access.verdict import Refused, refuse
from intranet.policies.acknowledging.actions import acknowledge
from intranet.policies.acknowledging.due import reading_list, with_validity
from intranet.policies.acknowledging.readers import by_unit
from intranet.policies.citing.where import citations
from intranet.policies.models import ClauseVersion, PolicyVersion
from intranet.policies.reading import read
from intranet.policies.roots import ROLES
from intranet.runtime.surfaces import surface

router = Router(tags=["policies"])


class Error(Schema):
    """What went wrong: a code for programs, a sentence for the reader."""

    code: str
    message: str


class PolicyProblem(Schema):
    """Every error has this shape."""

    error: Error


READING: dict[int, type[Schema]] = dict.fromkeys((401, 404, 422, 429), PolicyProblem)
ASKING: dict[int, type[Schema]] = {**READING, 403: PolicyProblem}


class PolicyShape(Schema):
    """A policy as it holds today. `acknowledged`: whether mine still counts; `renew_months`: 0 for never."""

    slug: str
    title: str
    audience: str
    aim: str
    version: int
    published: datetime
    significant: bool
    must_acknowledge: bool
    renew_months: int
    acknowledged: bool
    review: date | None
    owner: str | None
    url: str


class PolicyList(Schema):
    items: list[PolicyShape]
    next: str | None


class ClauseShape(Schema):
    """A clause in both languages. `lags`: the language that has not followed the other; `changed_in`: a later version."""

    name: str
    anchor: str
    number: int
    title_en: str
    text_en: str
    title_he: str
    text_he: str
    lags: str
    changed_in: int | None


class WholePolicy(PolicyShape):
    """One version with its clauses; `versions` are the numbers of all."""

    clauses: list[ClauseShape]
    versions: list[int]


class Said(Schema):
    """That I have read a version, with the answers to its quiz in their order, counted from 1."""

    version: int = Field(ge=1, le=2_000_000_000)
    answers: list[int] = Field(default=[], max_length=40)


class Noted(Schema):
    policy: str
    version: int
    at: datetime


class UnitShape(Schema):
    """How many people of a unit are asked, and how many have read it."""

    unit: str
    asked: int
    read: int


class UnitList(Schema):
    items: list[UnitShape]
    next: str | None


class CitationShape(Schema):
    """What cites a clause: a `lock`, a `decision` or a `rule`, in which version of it, and whether it still stands."""

    clause: str
    kind: str
    what: str
    about: str
    version: int
    at: datetime
    stands: bool
    url: str


class CitationList(Schema):
    items: list[CitationShape]
    next: str | None


def _shape(version: PolicyVersion) -> dict[str, Any]:
    policy = version.policy
    return {
        "slug": policy.slug,
        "title": policy.label,
        "audience": policy.audience,
        "aim": policy.aim,
        "version": version.number,
        "published": version.published,
        "significant": version.significant,
        "must_acknowledge": policy.must_acknowledge,
        "renew_months": policy.renew_months,
        "acknowledged": version.has_read,
        "review": policy.review_date,
        "owner": policy.owner.username if policy.owner else None,
        "url": policy.get_absolute_url(),
    }


def _clause_shape(clause: ClauseVersion, slug: str) -> dict[str, Any]:
    sides = ("anchor", "title_en", "text_en", "title_he", "text_he", "lags", "changed_in")
    said = {name: getattr(clause, name) for name in sides}
    return {"name": f"{slug}#{clause.anchor}", "number": clause.place, **said}


@router.get("/policies", response={200: PolicyList, **READING}, summary="Policies that concern me")
@surface("policies written for an audience of the reader")
def policies(request: HttpRequest, waiting: bool = False) -> dict[str, Any]:
    """All policies that I may read, by slug; with `waiting` those that wait for me to acknowledge them."""
    rows = PolicyVersion.objects.current_for(request.user)
    if waiting:
        rows = rows.filter(pk__in=[version.pk for version in reading_list(request.user)])
    shown = with_validity(rows, request.user.pk).select_related("policy__owner").order_by("policy__slug")
    return {"items": [_shape(version) for version in shown], "next": None}


@router.get("/policies/{slug:slug}", response={200: WholePolicy, **READING}, summary="A policy")
@surface("policies written for an audience of the reader")
def policy(request: HttpRequest, slug: str, version: int | None = None) -> dict[str, Any]:
    """A policy with its clauses in both languages, as it holds or in another `version`."""
    found = read(request.user, slug, version)
    if found is None:
        raise Http404
    found.version.policy, found.version.has_read = found.policy, found.has_read
    return {
        **_shape(found.version),
        "clauses": [_clause_shape(clause, slug) for clause in found.clauses],
        "versions": [each.number for each in found.versions],
    }


@router.get(
    "/policies/{slug:slug}/citations",
    response={200: CitationList, **READING},
    summary="Where a policy is cited",
)
@surface("locks that the reader sees; decisions and rules where the reader moderates")
def cited(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What cites the clauses of a policy, in any version, as far as I see it; clause by clause, the newest first."""
    found = read(request.user, slug)
    if found is None:
        raise Http404
    rows = [row for rows in citations(found.policy, request.user).values() for row in rows]
    return {"items": [{**asdict(row), "clause": f"{slug}#{row.anchor}"} for row in rows], "next": None}


@router.put(
    "/policies/{slug:slug}/acknowledgement",
    response={200: Noted, 409: PolicyProblem, **ASKING},
    summary="Acknowledge a policy",
)
@surface("policies written for an audience of the reader")
def acknowledgement(request: HttpRequest, slug: str, said: Said) -> dict[str, Any]:
    """Say that I have read a version; saying it again while it counts changes nothing."""
    found = read(request.user, slug, said.version)
    if found is None:
        raise Http404
    row = acknowledge(person=request.user, version=found.version, answers=said.answers)
    return {"policy": slug, "version": said.version, "at": row.at}


@router.get(
    "/policies/{slug:slug}/readers", response={200: UnitList, **ASKING}, summary="Who has read a policy"
)
@surface("policy owners: everybody in the audience; managers: who reports to them")
def readers(request: HttpRequest, slug: str) -> dict[str, Any]:
    """How far each unit is with the current version. For policy owners and managers of people."""
    found = read(request.user, slug)
    if found is None:
        raise Http404
    if not (request.user.has_role(*ROLES) or request.user.leads):
        message = _("Policy owners and managers of people see who has read a policy.")
        raise Refused(refuse("not_manager", message))
    rows = by_unit(request.user, found.version)
    items = [{"unit": row.label, "asked": row.asked, "read": row.read} for row in rows]
    return {"items": items, "next": None}
