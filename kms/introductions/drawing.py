"""Finding eligible pairs in a report, and drawing which half of them is held out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from intranet.content.models import Tag
from intranet.settings import product
from kms.consent.models import Standing
from kms.introductions.models import Arm, Candidate, Introduction, Kind
from kms.introductions.themes import themes_of
from kms.network import freezing, sources
from kms.network.computing import terms_of
from kms.network.freezing import Input
from kms.network.models import Snapshot
from kms.network.terms import Definition
from kms.sna import rollup
from kms.sna.graph import Network
from kms.sna.records import Person
from kms.sna.suggest import Eligibility, Suggestion, SuggestionTerms, suggest
from kms.sna.weave import weave

MOST = 60
"""Pairs of each kind that one report draws at most."""

FADES = 90
"""Days after which a contact counts half when likely pairs are looked for; chosen on the mail of a real firm."""


def draw(
    snapshot: Snapshot, dice: random.Random | None = None, at: datetime | None = None
) -> list[Candidate]:
    """Draw the new eligible pairs of a finished report; pairs that were drawn before keep their arm. Safe to repeat."""
    now = at or timezone.now()
    given = freezing.thaw(snapshot.freeze)
    network = network_of(snapshot, given)
    taking_part = _taking_part()
    found = suggest(
        network,
        Eligibility(frozenset(map(str, taking_part)), _drawn(), _open()),
        themes_of(taking_part),
        SuggestionTerms(likely=MOST, bridging=MOST, open_each=2 * product.INTRODUCTIONS_OPEN),
    )
    group = dict(zip(network.ids, (network.groups[code] for code in network.group), strict=True))
    rows = []
    for kind, list_ in ((Kind.LIKELY, found.likely), (Kind.BRIDGING, found.bridging)):
        for one, arm in zip(list_, _arms(len(list_), dice or random.SystemRandom()), strict=True):
            rows.append(_candidate(snapshot, kind, one, arm, group, now))
    with transaction.atomic():
        Candidate.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def network_of(snapshot: Snapshot, given: Input) -> Network:
    """The network of a report with its named groups, small ones rolled up; ties weigh what their deeds do, old ones less.

    Whatever a report calls a tie, people who had to do with one another in any way need no introduction.
    """
    names, _ = rollup.roll_up(given.everybody, snapshot.floor)
    people = [Person(person.id, name) for person, name in zip(given.everybody, names, strict=True)]
    terms = replace(terms_of(snapshot, given), definition="weighted", half_life=FADES)
    deeds = sources.deeds(given, Definition.ANY)
    return weave(people, deeds, terms, terms.window)[0]


def _arms(count: int, dice: random.Random) -> Iterator[str]:
    """Arms for a list in order: of each two neighbours one is held out. All are offered when nothing is held out."""
    if not product.SNA_HOLD_OUT:
        yield from [Arm.OFFERED] * count
        return
    for _ in range((count + 1) // 2):
        two = [Arm.OFFERED, Arm.HELD]
        dice.shuffle(two)
        yield from two[: count if count == 1 else 2]
        count -= 2


def _candidate(
    snapshot: Snapshot, kind: str, one: Suggestion, arm: str, group: dict[str, str], at: datetime
) -> Candidate:
    low, high = sorted(map(int, one.pair))
    # The core speaks of the first and the second of its own order; ours goes by number.
    turned = (str(low), str(high)) != one.pair
    return Candidate(
        low_id=low,
        high_id=high,
        snapshot=snapshot,
        kind=kind,
        groups=[group[str(low)], group[str(high)]],
        score=one.score,
        reasons=[_turned(asdict(reason)) if turned else asdict(reason) for reason in one.reasons],
        topic=_topic(one),
        arm=arm,
        drawn_at=at,
    )


OTHER_WAY = {"asks_offers": "offers_asks", "offers_asks": "asks_offers"}


def _turned(reason: dict) -> dict:
    return reason | {"code": OTHER_WAY.get(reason["code"], reason["code"]), "groups": reason["groups"][::-1]}


def _topic(one: Suggestion) -> Tag | None:
    slugs = [slug for reason in one.reasons for slug in reason.topics]
    return Tag.objects.filter(slug=slugs[0]).first() if slugs else None


def _taking_part() -> list[int]:
    chosen = Standing.objects.filter(introduced=True, counted=True).values("person")
    return list(sources.counted().filter(pk__in=chosen).values_list("pk", flat=True))


def _drawn() -> frozenset[frozenset[str]]:
    pairs = Candidate.objects.values_list("low_id", "high_id")
    return frozenset(frozenset((str(low), str(high))) for low, high in pairs)


def _open() -> Counter[str]:
    people: Iterable[int] = Introduction.objects.under_way().values_list("sides__person", flat=True)
    return Counter(map(str, people))
