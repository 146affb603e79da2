"""Moments and spans as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from intranet.ui.times import said, said_day, said_span

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # Sunday, 12:00 in Jerusalem


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - timedelta(seconds=30), "a moment ago"),
        (NOW - timedelta(minutes=12), "12 min ago"),
        (NOW - timedelta(hours=3), "today, 09:00"),
        (NOW + timedelta(hours=4), "today, 16:00"),
        (NOW - timedelta(days=1), "yesterday, 12:00"),
        (NOW + timedelta(days=1), "tomorrow, 12:00"),
        (NOW - timedelta(days=3), "Thu 19 Nov, 12:00"),
        (NOW + timedelta(days=2), "Tue 24 Nov, 12:00"),
        (NOW - timedelta(days=30), "23 Oct"),
        (NOW - timedelta(days=365), "22 Nov 2025"),
    ],
)
def test_moments_in_english(moment, words):
    assert said(moment, NOW) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - timedelta(days=3), "ה׳ 19 בנוב׳, 12:00"),
        (NOW - timedelta(days=30), "23 באוק׳"),
        (NOW - timedelta(days=365), "22 בנוב׳ 2025"),
    ],
)
def test_dates_in_hebrew(moment, words):
    with translation.override("he"):
        assert said(moment, NOW) == words


def test_the_day_alone():
    assert said_day(NOW) == "Sunday, 22 November"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=40), "40 min"),
        (timedelta(hours=5), "5 h"),
        (timedelta(hours=5, minutes=10), "5 h 10 min"),
        (timedelta(hours=47, minutes=59), "47 h 59 min"),
        (timedelta(days=3, hours=2), "3 days"),
        (timedelta(minutes=-5), "0 min"),
    ],
)
def test_spans(span, words):
    assert said_span(span) == words
