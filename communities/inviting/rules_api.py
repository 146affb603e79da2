"""Rules that add members by unit, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from communities.finding import row_in, run_community
from communities.inviting import rules
from communities.inviting.models import UnitRule
from intranet.people.models import OrgUnit
from intranet.posting.api import REFUSALS, Number
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])


class UnitRuleShape(Schema):
    """Who belongs to the unit, or to one below it, is a member; `leaves_with_unit` takes them out when they leave it."""

    id: int
    unit: str
    leaves_with_unit: bool
    made: datetime


class UnitRuleList(Schema):
    items: list[UnitRuleShape]
    next: str | None


class UnitRuleWanted(Schema):
    """A unit by its path, such as `R&D/Lab`."""

    unit: Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")]
    leaves_with_unit: bool = False


def _shape(rule: UnitRule) -> dict[str, Any]:
    return {
        "id": rule.pk,
        "unit": rule.unit.path,
        "leaves_with_unit": rule.leaves_with_unit,
        "made": rule.made,
    }


@router.get(
    "/communities/{slug:slug}/units", response={200: UnitRuleList, **REFUSALS}, summary="Rules by unit"
)
@surface("rules of a community the reader runs")
def of_community(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The units whose people are members."""
    rows = UnitRule.objects.filter(space=run_community(request.user, slug)).select_related("unit")
    return {"items": [_shape(rule) for rule in rows], "next": None}


@router.put(
    "/communities/{slug:slug}/units", response={200: UnitRuleShape, **REFUSALS}, summary="Add members by unit"
)
@surface("a community the reader runs, through the gate")
def add(request: HttpRequest, slug: str, wanted: UnitRuleWanted) -> dict[str, Any]:
    """Make the people of a unit members, now and later. The same unit twice is one rule."""
    space = run_community(request.user, slug)
    unit = get_object_or_404(OrgUnit, path=wanted.unit)
    made = rules.add_rule(
        actor=request.user, space=space, unit=unit, leaves_with_unit=wanted.leaves_with_unit
    )
    return _shape(made)


@router.delete(
    "/communities/{slug:slug}/units/{int:number}", response={204: None, **REFUSALS}, summary="End a rule"
)
@surface("a community the reader runs, through the gate")
def end(request: HttpRequest, slug: str, number: Number) -> Status:
    """End a rule by unit; who came by it stays."""
    space = run_community(request.user, slug)
    rules.end_rule(actor=request.user, rule=row_in(space, UnitRule.objects.all(), number))
    return Status(204, None)
