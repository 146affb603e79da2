"""Which acknowledgements count, and what a person still has to read."""

from __future__ import annotations

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Now

from intranet.people.models import User
from intranet.policies.audiences import audiences_of, people_of
from intranet.policies.models import Acknowledgement, PolicyVersion
from intranet.runtime.prepared import Prepared

FOR_EVER = 1200
"""Months that an acknowledgement counts where nothing asks for renewal."""


def _valid_since(months: F) -> ExpressionWrapper:
    """The moment since which an acknowledgement counts, with renewal every `months`, 0 meaning never."""
    span = Case(When(**{f"{months.name}__gt": 0}, then=months), default=Value(FOR_EVER))
    interval = Func(Value(0), span, function="make_interval", output_field=DurationField())
    return ExpressionWrapper(Now() - interval, output_field=DateTimeField())


def with_validity(versions: QuerySet[PolicyVersion], person: int) -> QuerySet[PolicyVersion]:
    """`versions` with `has_read`: whether the person of this id holds an acknowledgement that still counts for each."""
    counting = Acknowledgement.objects.filter(
        person=person,
        version__policy=OuterRef("policy"),
        version__number__gte=OuterRef("asks_since"),
        version__number__lte=OuterRef("number"),
        at__gt=OuterRef("valid_since"),
    )
    return versions.annotate(valid_since=_valid_since(F("policy__renew_months"))).annotate(
        has_read=Exists(counting)
    )


def _waiting(*audiences: str, me: int) -> QuerySet[PolicyVersion]:
    asked = PolicyVersion.objects.current().filter(
        policy__must_acknowledge=True, policy__audience__in=audiences
    )
    return with_validity(asked, me).filter(has_read=False)


_due = Prepared(_waiting)


def how_many_due(person: User) -> int:
    """How many versions wait for `person` to read them; asked on every page."""
    return _due.count(*audiences_of(person), me=person.pk)


def _waiting_in_order(*audiences: str, me: int) -> QuerySet[PolicyVersion]:
    return _waiting(*audiences, me=me).select_related("policy__post").order_by("published", "pk")


_list = Prepared(_waiting_in_order)


def reading_list(person: User) -> list[PolicyVersion]:
    """The current versions that wait for `person` to read them, the oldest first. One query."""
    return _list.all(*audiences_of(person), me=person.pk)


def people_asked(version: PolicyVersion) -> QuerySet[User]:
    """The people of the audience of `version` with `has_read`, the same rule from the other side."""
    versions = PolicyVersion.objects.filter(pk=version.pk).annotate(
        valid_since=_valid_since(F("policy__renew_months"))
    )
    counting = Acknowledgement.objects.filter(
        person=OuterRef("pk"),
        version__policy=version.policy_id,
        version__number__gte=version.asks_since,
        version__number__lte=version.number,
        at__gt=versions.values("valid_since"),
    )
    return people_of(version.policy.audience).annotate(has_read=Exists(counting))
