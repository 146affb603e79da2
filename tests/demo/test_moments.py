"""When things happened in the invented past."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intranet.demo import moments

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)  # a Sunday
WAITS = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=200))


def test_a_weekend_moves_back_to_thursday() -> None:
    friday = moments.opening(NOW, 2, time(10))
    assert friday.isoformat() == "2026-11-19T10:00:00+02:00"


def test_a_moment_still_to_come_moves_to_the_day_before() -> None:
    assert moments.opening(NOW, 0, time(15)).isoformat() == "2026-11-19T15:00:00+02:00"
    assert moments.opening(NOW, 0, time(9)).isoformat() == "2026-11-22T09:00:00+02:00"


def test_nights_end_in_the_morning() -> None:
    midnight = datetime(2026, 11, 17, 0, 40, tzinfo=moments.ZONE)
    late = datetime(2026, 11, 17, 23, 10, tzinfo=moments.ZONE)
    noon = datetime(2026, 11, 17, 12, 10, tzinfo=moments.ZONE)
    assert moments.by_day(midnight).isoformat() == "2026-11-17T08:40:00+02:00"
    assert moments.by_day(late).isoformat() == "2026-11-18T08:10:00+02:00"
    assert moments.by_day(noon) == noon


@given(ago=st.floats(0, 180), wait=WAITS)
def test_what_follows_is_later_and_never_in_the_future(ago: float, wait: timedelta) -> None:
    start = moments.opening(NOW, ago, time(11, 20))
    after = moments.following(start, wait, earlier=start, now=NOW)
    assert start < after < NOW
