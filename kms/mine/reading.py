"""What the network analysis holds about one person, for that person alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access.visibility import SECRET
from intranet.activity.models import Event
from intranet.activity.verbs import all_verbs
from intranet.people.models import OrgUnit, User
from intranet.settings import product
from kms.introductions.models import Candidate
from kms.network import sources
from kms.network.models import Interaction, SnapshotView
from kms.survey.models import Taking

DAYS = 90
"""How far back one's own network looks."""

Pair = tuple[int, int]

KINDS = {
    "answered": gettext_lazy("Answers"),
    "replied": gettext_lazy("Replies"),
    "commented": gettext_lazy("Comments"),
    "mentioned": gettext_lazy("Mentions"),
    "accepted": gettext_lazy("Accepted answers"),
    "endorsed": gettext_lazy("Endorsements"),
    "edited": gettext_lazy("Edits of another's text"),
}
"""Deeds as the list of what is held names them."""


@dataclass(frozen=True)
class UnitTies:
    """How many people of one unit somebody is tied to, and with how many it goes both ways."""

    label: str
    people: int
    both_ways: int
    own: bool


@dataclass(frozen=True)
class Ego:
    """One's own network: people by unit, and what one bridges (None with fewer contacts than the cell floor)."""

    units: list[UnitTies]
    people: int
    outside: int
    expected_outside: int
    effective_size: float | None

    @property
    def outside_share(self) -> int:
        return round(100 * self.outside / self.people) if self.people else 0


def _deeds(person: User, since: datetime) -> tuple[QuerySet, QuerySet]:
    """Deeds that make ties, of the log and of imports, in which `person` is one of the two."""
    verbs = [verb.name for verb in all_verbs() if verb.tie >= sources.LIGHT]
    own = (
        Event.objects.filter(
            Q(actor=person) | Q(about=person), verb__in=verbs, at__gte=since, about__isnull=False
        )
        .exclude(actor=F("about"))
        .exclude(space__visibility=SECRET)
        .exclude(post__space__visibility=SECRET)
    )
    limit = Q(audience_size=None) | Q(audience_size__lte=product.BROADCAST_AUDIENCE)
    imported = Interaction.objects.filter(limit, Q(source=person) | Q(target=person), at__gte=since)
    return own, imported


def ego(person: User) -> Ego:
    """The network of a person over the last 90 days: five queries."""
    since = timezone.now() - timedelta(days=DAYS)
    own, imported = _deeds(person, since)
    arcs: set[Pair] = set(own.values_list("actor_id", "about_id")) | set(
        imported.values_list("source_id", "target_id")
    )
    to = {target for source, target in arcs if source == person.pk}
    back = {source for source, target in arcs if target == person.pk}
    here = dict(sources.counted().filter(pk__in=to | back).values_list("pk", "unit_id"))
    people, both = Counter(here.values()), Counter(here[one] for one in to & back if one in here)
    labels = {unit.pk: unit.label for unit in OrgUnit.objects.filter(pk__in=people.keys() - {None})}
    units = [
        UnitTies(labels.get(unit, _("Without a unit")), count, both[unit], unit == person.unit_id)
        for unit, count in people.most_common()
    ]
    everybody, mine = _sizes(person)
    return Ego(
        units,
        len(here),
        sum(line.people for line in units if not line.own),
        round(100 * (everybody - mine) / max(everybody - 1, 1)),
        _effective_size(set(here), since),
    )


def _sizes(person: User) -> tuple[int, int]:
    """How many people are counted, and how many of them in the unit of `person`."""
    found = sources.counted().aggregate(all=Count("pk"), mine=Count("pk", filter=Q(unit=person.unit_id)))
    return found["all"], found["mine"]


def _effective_size(contacts: set[int], since: datetime) -> float | None:
    """Contacts less the mean number of ties each has with the others (Borgatti 1997): high when one joins separate people."""
    if len(contacts) < product.SNA_CELL_FLOOR:
        return None
    verbs = [verb.name for verb in all_verbs() if verb.tie >= sources.LIGHT]
    own = (
        Event.objects.filter(actor__in=contacts, about__in=contacts, verb__in=verbs, at__gte=since)
        .exclude(actor=F("about"))
        .exclude(space__visibility=SECRET)
        .exclude(post__space__visibility=SECRET)
        .values_list("actor_id", "about_id")
        .distinct()
    )
    imported = (
        Interaction.objects.filter(source__in=contacts, target__in=contacts, at__gte=since)
        .values_list("source_id", "target_id")
        .distinct()
    )
    ties = {tuple(sorted(pair)) for pair in [*own, *imported]}
    return round(len(contacts) - 2 * len(ties) / len(contacts), 1)


@dataclass(frozen=True)
class Held:
    """One kind of thing that is held: where it comes from, how many rows, and the last."""

    what: str
    count: int
    last: datetime | None


def held(person: User) -> list[Held]:
    """Everything the analysis has about a person, by where it comes from."""
    ever = timezone.make_aware(datetime(2000, 1, 1))
    own, imported = _deeds(person, ever)
    names = {verb.name: str(KINDS.get(verb.name, verb.name)) for verb in all_verbs()}
    found: dict[str, list[Held]] = defaultdict(list)
    for row in own.values("verb").annotate(n=Count("pk"), last=Max("at")).order_by("verb"):
        found["own"].append(Held(names[row["verb"]], row["n"], row["last"]))
    for row in imported.values("origin").annotate(n=Count("pk"), last=Max("at")).order_by("origin"):
        found["imported"].append(Held(_origin(row["origin"]), row["n"], row["last"]))
    takings = Taking.objects.filter(person=person)
    if takings:
        found["survey"].append(Held(_("Surveys you took part in"), len(takings), None))
    pairs = Candidate.objects.filter(Q(low=person) | Q(high=person)).count()
    if pairs:
        found["pairs"].append(Held(_("Pairs in which you could be introduced"), pairs, None))
    return [line for lines in found.values() for line in lines]


def _origin(origin: str) -> str:
    if origin.startswith("survey-"):
        return _("Survey answers that name you or are yours")
    return _("Imported counts: %(name)s") % {"name": origin or "CSV"}


@dataclass(frozen=True)
class Looks:
    """Who looked at reports that count this person's unit, how often and when last."""

    person: User
    times: int
    last: datetime


def looks() -> list[Looks]:
    """Looks at network reports by whom; every report on the organisation counts every unit, alone or with others."""
    rows = (
        SnapshotView.objects.filter(snapshot__forum=None)
        .values("person")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")
    )
    people = User.objects.in_bulk([row["person"] for row in rows])
    return [Looks(people[row["person"]], row["times"], row["last"]) for row in rows]


def copy_of(person: User) -> dict[str, Any]:
    """All rows about a person, for taking along."""
    own, imported = _deeds(person, timezone.make_aware(datetime(2000, 1, 1)))
    return {
        "deeds": [
            {"from": source, "to": target, "what": verb, "at": at.isoformat()}
            for source, target, verb, at in own.order_by("at").values_list(
                "actor__username", "about__username", "verb", "at"
            )
        ],
        "imported": [
            {"from": source, "to": target, "what": kind, "at": at.isoformat(), "origin": origin}
            for source, target, kind, at, origin in imported.exclude(_others_answers(person))
            .order_by("at")
            .values_list("source__username", "target__username", "kind", "at", "origin")
        ],
    }


def _others_answers(person: User) -> Q:
    """Survey answers of others: that somebody named me is theirs to tell."""
    return Q(origin__startswith="survey-") & ~Q(source=person)
