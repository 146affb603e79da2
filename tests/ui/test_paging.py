"""A cursor names a row, so new rows move nothing and equal times lose nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.content.models import Tag
from intranet.people.models import User
from intranet.ui.paging import decode, encode, page
from tests.factories.cast import person

pytestmark = pytest.mark.django_db


def names(found):
    return [each.username for each in found]


def test_pages_follow_each_other_without_gap_or_double():
    now = timezone.now()
    for number in range(7):
        person(f"p{number}", created=now - timedelta(minutes=number // 3))
    first = page(User.objects.all(), size=3)
    person("newest", created=now + timedelta(minutes=1))
    second = page(User.objects.all(), first.next, size=3)
    third = page(User.objects.all(), second.next, size=3)
    assert names([*first, *second, *third]) == ["p2", "p1", "p0", "p5", "p4", "p3", "p6"]
    assert third.next == ""


def test_an_exact_page_has_nothing_after_it():
    person("one")
    person("two")
    assert page(User.objects.all(), size=2).next == ""


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAA", "bm90fGE", "9" * 200])
def test_an_unreadable_cursor_gives_the_first_page(cursor):
    person("one")
    assert names(page(User.objects.all(), cursor)) == ["one"]


def test_a_cursor_reads_back():
    now = timezone.now()
    assert decode(encode(now, 7)) == (now, 7)


def test_nothing_gives_an_empty_page(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert list(page(Tag.objects.all(), by="pk")) == []
