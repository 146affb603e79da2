"""What makes a tie: visible deeds and imports inside the period, never what happens in a secret community."""

from datetime import timedelta

import pytest
from django.db import transaction

from communities.verbs import ANSWERED, ASKED, REPLIED
from intranet.activity.log import record
from intranet.posting.verbs import MENTIONED, VOTED
from kms.network import sources
from kms.network.computing import gather
from kms.network.models import Interaction, Snapshot
from tests.factories.cast import make_cast
from tests.network.organisation import END, START, mail

DAY = START + timedelta(days=1)


@pytest.fixture
def cast(db):
    return make_cast()


def snapshot(cast, **columns):
    return Snapshot.objects.create(asked_by=cast.km, start=START, end=END, **columns)


def deed(verb, actor, about, space, at=DAY):
    with transaction.atomic():
        record(verb, actor, about=about, space=space, at=at)


def read(snapshot):
    """The deeds of a report as (source, target, kind, weight, audience)."""
    given = gather(snapshot, sources.people(snapshot))
    found = sources.deeds(given, snapshot.definition)
    ids = [person.id for person in given.everybody]
    columns = (found.source, found.target, found.kind, found.weight, found.audience)
    return [
        (ids[source], ids[target], found.kinds[kind], weight, audience)
        for source, target, kind, weight, audience in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def ties(snapshot):
    return sorted(row[:4] for row in read(snapshot))


def tie(source, target, kind, weight=1.0):
    return (str(source.pk), str(target.pk), kind, weight)


def test_deeds_between_two_people_are_ties(cast):
    deed(ANSWERED, cast.noa, cast.hiba, cast.open)
    deed(REPLIED, cast.alex, cast.noa, cast.request)
    deed(ASKED, cast.alex, None, cast.open)
    deed(REPLIED, cast.alex, cast.alex, cast.open)
    assert ties(snapshot(cast)) == sorted(
        [tie(cast.noa, cast.hiba, "answered"), tie(cast.alex, cast.noa, "replied")]
    )


def test_nothing_in_a_secret_community_is_a_tie(cast):
    deed(ANSWERED, cast.noa, cast.alex, cast.secret)
    deed(MENTIONED, cast.noa, cast.alex, cast.secret)
    for definition in ("any", "reciprocated", "weighted"):
        assert ties(snapshot(cast, definition=definition)) == []


def test_reactions_count_only_where_ties_are_weighed(cast):
    deed(VOTED, cast.noa, cast.hiba, cast.open)
    assert ties(snapshot(cast)) == []
    assert ties(snapshot(cast, definition="weighted")) == [tie(cast.noa, cast.hiba, "voted", 0.1)]


def test_only_the_period_counts_and_its_end_is_left_out(cast):
    for at in (START - timedelta(seconds=1), START, END - timedelta(seconds=1), END):
        deed(ANSWERED, cast.noa, cast.hiba, cast.open, at=at)
    assert len(ties(snapshot(cast))) == 2
    before = START - timedelta(days=90)
    assert len(ties(snapshot(cast, against_start=before, against_end=START))) == 3


def test_imported_interactions_are_ties_too(cast):
    Interaction.objects.bulk_create(
        [mail(cast.noa, cast.km, DAY, audience_size=3), mail(cast.noa, cast.km, END)]
    )
    found = read(snapshot(cast))
    assert [(row[2], row[4]) for row in found] == [("mail", 3)]


def test_people_are_those_who_work_here_now(cast):
    counted = {person.id for person in sources.people(Snapshot(level="unit"))}
    left_out = {cast.guest, cast.inactive}
    assert counted == {str(one.pk) for one in cast.people.values() if one not in left_out}


def test_people_are_grouped_by_unit_division_or_site(cast):
    cast.noa.location = "Haifa"
    cast.noa.save()

    def group(level):
        return {person.id: person.group for person in sources.people(Snapshot(level=level))}[str(cast.noa.pk)]

    assert [group(level) for level in ("unit", "division", "site")] == ["R&D/Lab", "R&D", "Haifa"]
