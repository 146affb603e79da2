"""Rules for programs: read them, try one before anybody meets it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from intranet.access.verdict import Refused, refuse
from intranet.content.models import Space
from intranet.moderation.queue import moderates_something
from intranet.people.models import User
from intranet.policies.api import ASKING
from intranet.rules import actions
from intranet.rules.forms import LONGEST
from intranet.rules.kinds import RuleAction, RuleKind
from intranet.rules.models import Rule, RuleSetVersion, Trial
from intranet.rules.trying import Sample, samples, try_on_posts, try_text
from intranet.runtime.surfaces import surface

router = Router(tags=["moderation"])

Storable = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]


class RuleShape(Schema):
    """A rule as it stands; `community` is None for one that holds everywhere. What the fields mean: see the docs."""

    id: int
    name: str
    name_he: str
    community: str | None
    kind: RuleKind
    what: str
    limit: int
    tag: str
    newer_than: int
    action: RuleAction
    then: str
    clause: str
    on: bool


class RuleList(Schema):
    """The rules, and the number of the version that judges posts now."""

    items: list[RuleShape]
    version: int | None
    next: None


class Wanted(Schema):
    """A rule to try: on `text`, and on the posts of the last month that the reader sees, in `community` or anywhere."""

    kind: RuleKind
    what: Storable = Field("", max_length=LONGEST)
    limit: int = Field(0, ge=0, le=10_000)
    tag: Storable = Field("", max_length=60)
    newer_than: int = Field(0, ge=0, le=10_000)
    community: Storable | None = None
    text: Storable = Field("", max_length=4_000)


class SampleShape(Schema):
    """A post of which it speaks: what it found, with some words around. Personal data is covered."""

    post: str
    community: str
    url: str
    before: str
    found: str
    after: str


class TrialShape(Schema):
    """What came of it. While `done` is None it is counted in the background; ask `/moderation/rules/tries/{id}` again."""

    id: int
    done: datetime | None
    looked_at: int
    count: int
    samples: list[SampleShape]


class Tried(TrialShape):
    """`speaks` of the text: None when no text was sent; `found` there."""

    speaks: bool | None
    found: str | None


def _must_moderate(person: User) -> None:
    if not moderates_something(person):
        raise Refused(refuse("not_moderator", _("Rules are kept by moderators.")))


def _rule_shape(rule: Rule) -> dict[str, Any]:
    return {
        **{name: getattr(rule, name) for name in Rule.FACTS},
        "id": rule.pk,
        "community": rule.space.slug if rule.space else None,
        "clause": rule.clause.name,
    }


def _sample_shape(sample: Sample) -> dict[str, str]:
    return {
        "post": sample.post.public_id,
        "community": sample.post.space.slug,
        "url": sample.post.get_absolute_url(),
        "before": sample.before,
        "found": sample.found,
        "after": sample.after,
    }


def _trial_shape(trial: Trial, person: User) -> dict[str, Any]:
    return {
        "id": trial.pk,
        "done": trial.done_at,
        "looked_at": trial.looked_at,
        "count": trial.count,
        "samples": [_sample_shape(sample) for sample in samples(trial, person)],
    }


@router.get("/moderation/rules", response={200: RuleList, **ASKING}, summary="The rules")
@surface("rules for everywhere, and those of places that the reader moderates")
def rules(request: HttpRequest) -> dict[str, Any]:
    """The rules that I see as a moderator, those that are off as well."""
    _must_moderate(request.user)
    rows = Rule.objects.visible_to(request.user).select_related("space", "clause__version__policy")
    version = RuleSetVersion.objects.values_list("number", flat=True).first()
    return {"items": [_rule_shape(rule) for rule in rows], "version": version, "next": None}


@router.post("/moderation/rules/try", response={200: Tried, **ASKING}, summary="Try a rule")
@surface("posts that the reader sees, of which the tried rule speaks")
def try_rule(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    """Try a rule that nobody has met yet. Nothing is written but what came of it, for me alone."""
    _must_moderate(request.user)
    space = None
    if wanted.community is not None:
        space = Space.objects.moderated_by(request.user).filter(slug=wanted.community).first()
        if space is None:
            raise Http404
    facts = wanted.dict(exclude={"community", "text"})
    rule = Rule(**facts, action=RuleAction.HINT)
    actions.check(rule)
    found = try_text(rule.judged(), wanted.text) if wanted.text else None
    speaks = found is not None if wanted.text else None
    trial = try_on_posts(person=request.user, rule=rule.judged(), space=space)
    return {**_trial_shape(trial, request.user), "speaks": speaks, "found": found}


@router.get(
    "/moderation/rules/tries/{int:pk}", response={200: TrialShape, **ASKING}, summary="What came of a try"
)
@surface("posts that the reader sees, of which a rule speaks that they tried")
def tried(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What came of a rule that I tried."""
    found = Trial.objects.filter(pk=pk, by=request.user).first()
    if found is None:
        raise Http404
    return _trial_shape(found, request.user)
