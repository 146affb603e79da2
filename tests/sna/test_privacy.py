"""Reports that could be subtracted from one another are not made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kms.sna.privacy import check_windows, is_calendar, may_publish
from kms.sna.records import SnaError, Terms, Window

FREE = Window.parse("2024-01-01,2024-01-31")
QUARTER = Window.parse("2024-01-01,2024-04-01")


def test_a_window_with_a_floor_is_of_whole_months():
    check_windows(Terms(window=QUARTER, against=Window.parse("2023-10-01,2024-01-01")))
    check_windows(Terms(window=FREE, floor=1))
    for terms in (Terms(window=FREE), Terms(window=QUARTER, against=FREE)):
        with pytest.raises(SnaError, match="whole months"):
            check_windows(terms)


def test_months_are_those_of_the_place():
    local = Window.parse("2024-01-01T00:00:00+02:00,2024-04-01T00:00:00+03:00")
    assert is_calendar(local, "Asia/Jerusalem") and not is_calendar(local)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_populations_differ_by_nobody_or_by_five(one, other):
    apart = len(one - other) + len(other - one)
    assert may_publish([other], one) == (apart == 0 or apart >= 5)


def test_every_earlier_report_is_looked_at():
    everybody = set(range(20))
    assert may_publish([], everybody)
    assert not may_publish([everybody, everybody - {1}], everybody)
