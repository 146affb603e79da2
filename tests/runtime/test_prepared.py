"""A prepared query answers as the queryset it was built from, for whatever values come later."""

import pytest
from django.db.models import Count
from django.utils import timezone

from intranet.content.models import Space
from intranet.people.models import User
from intranet.policies.models import PolicyPage
from intranet.runtime.prepared import Prepared
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_the_values_of_each_call_count(cast: Cast) -> None:
    by_slug = Prepared(lambda slug: Space.objects.filter(slug=slug))
    for space in Space.objects.all():
        assert by_slug.all(slug=space.slug) == [space]
    assert by_slug.all(slug="no-such") == []


def test_it_is_compiled_once(cast: Cast, django_assert_num_queries) -> None:
    built = []

    def build(pk: int):
        built.append(pk)
        return Space.objects.filter(pk=pk).select_related("charter").prefetch_related("members")

    prepared = Prepared(build)
    first, second = Space.objects.order_by("pk")[:2]
    assert [prepared.first(pk=first.pk), prepared.first(pk=second.pk)] == [first, second]
    assert len(built) == 1
    with django_assert_num_queries(2):
        assert prepared.first(pk=first.pk).members.all()[0].pk


def test_the_form_gives_another_query(cast: Cast) -> None:
    some = Prepared(lambda most, kind: Space.objects.filter(kind=kind).order_by("pk")[:most])
    spaces = list(Space.objects.filter(kind="community").order_by("pk"))
    assert some.all(1, kind="community") == spaces[:1]
    assert some.all(2, kind="community") == spaces[:2]
    assert some.count(2, kind="community") == 2


def test_annotations_and_values_come_along(cast: Cast) -> None:
    counted = Prepared(
        lambda kind: Space.objects.filter(kind=kind).annotate(n=Count("memberships")).order_by("pk")
    )
    pairs = Prepared(lambda kind: Space.objects.filter(kind=kind).order_by("pk").values_list("pk", "slug"))
    spaces = Space.objects.filter(kind="community").order_by("pk")
    assert [space.n for space in counted.all(kind="community")] == [
        space.memberships.count() for space in spaces
    ]
    assert pairs.all(kind="community") == list(spaces.values_list("pk", "slug"))


def test_a_value_that_would_be_frozen_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="name left no parameter"):
        Prepared(lambda name: Space.objects.filter(slug=f"x{name}")).all(name="noa")


def test_a_query_that_can_find_nothing_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="able to find something"):
        Prepared(lambda pk: Space.objects.filter(pk=pk, slug__in=[])).all(pk=1)


def test_a_moment_that_would_be_frozen_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="a moment would stay"):
        Prepared(lambda pk: Space.objects.filter(pk=pk, created__lt=timezone.now())).all(pk=1)


def test_a_list_of_any_length_is_one_parameter(cast: Cast) -> None:
    built = []

    def build(ids: list[int]):
        built.append(ids)
        return Space.objects.filter(pk__any=ids).order_by("pk")

    prepared = Prepared(build)
    spaces = list(Space.objects.order_by("pk"))
    for some in (spaces, spaces[:1], [], spaces[1:]):
        assert prepared.all(ids=[space.pk for space in some]) == some
    assert len(built) == 1


def test_any_is_in_where_a_column_may_be_empty(cast: Cast) -> None:
    units = [cast.noa.unit_id]
    for field in ("unit", "manager__unit"):
        within = User.objects.filter(**{f"{field}__any": units})
        without = User.objects.exclude(**{f"{field}__any": units})
        assert set(within) == set(User.objects.filter(**{f"{field}__in": units}))
        assert set(without) == set(User.objects.exclude(**{f"{field}__in": units}))
        assert len(within) + len(without) == User.objects.count()


def test_a_day_that_would_be_frozen_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="a moment would stay"):
        Prepared(lambda pk: PolicyPage.objects.filter(pk=pk, review_date__lt=timezone.localdate())).all(pk=1)
