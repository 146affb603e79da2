"""The working-hours clock: promises that people can check with a calendar in hand."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.routing import clock
from intranet.routing.clock import (
    FRIDAY,
    MONDAY,
    MONDAY_TO_FRIDAY,
    SUNDAY_TO_THURSDAY,
    NoWorkingTime,
    WorkCalendar,
    due,
    used,
)

JERUSALEM = ZoneInfo("Asia/Jerusalem")
WEEK = WorkCalendar()

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
targets = st.integers(0, 80)
calendars = st.builds(
    WorkCalendar,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    opens=st.builds(time, st.integers(0, 11)),
    closes=st.builds(time, st.integers(12, 23), st.sampled_from([0, 30, 59])),
    zone=st.sampled_from([JERUSALEM, ZoneInfo("UTC"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")]),
    holidays=st.frozensets(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=9),
)
both_weeks = st.builds(
    WorkCalendar,
    days=st.sampled_from([SUNDAY_TO_THURSDAY, MONDAY_TO_FRIDAY]),
    opens=st.sampled_from([time(0), time(8, 30), time(9)]),
    closes=st.sampled_from([time(0), time(17), time(18)]),
    zone=st.just(JERUSALEM),
    holidays=st.frozensets(st.dates(date(2026, 3, 1), date(2026, 11, 30)), max_size=20),
)
around_changes = st.sampled_from([datetime(2026, 3, 27), datetime(2026, 10, 25)]).flatmap(
    lambda change: st.datetimes(
        change - timedelta(days=6), change + timedelta(days=3), timezones=st.just(UTC)
    )
)
"""The days around both changes of the clocks in Jerusalem."""


@st.composite
def paused_promises(draw):
    """`(start, hours, calendar, pauses)`: pauses after the start, in order, some of them touching."""
    start, hours, calendar = draw(around_changes), draw(st.integers(0, 60)), draw(both_weeks)
    gaps = draw(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=4))
    pauses, moment = [], start
    for wait, length in gaps:
        began = moment + timedelta(minutes=wait)
        moment = began + timedelta(minutes=length)
        pauses.append((began, moment))
    return start, hours, calendar, pauses


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=JERUSALEM)


@pytest.mark.parametrize(
    ("asked", "hours", "promised"),
    [
        (local(2026, 11, 22, 10), 4, local(2026, 11, 22, 14)),
        (local(2026, 11, 22, 16), 4, local(2026, 11, 23, 11)),
        (local(2026, 11, 19, 16), 4, local(2026, 11, 22, 11)),
        (local(2026, 11, 20, 12), 1, local(2026, 11, 22, 10)),
        (local(2026, 11, 22, 6), 9, local(2026, 11, 22, 18)),
        (local(2026, 11, 22, 22), 9, local(2026, 11, 23, 18)),
        (local(2026, 11, 22, 9), 24, local(2026, 11, 24, 15)),
        (local(2026, 11, 21, 3), 0, local(2026, 11, 22, 9)),
    ],
    ids=[
        "same day",
        "over night",
        "over the weekend",
        "on a Friday",
        "at dawn",
        "at night",
        "24 h",
        "no wait",
    ],
)
def test_an_answer_is_due_in_working_time(asked, hours, promised):
    assert due(asked, hours, WEEK) == promised


def test_a_holiday_does_not_count():
    passover = WorkCalendar(holidays=frozenset({date(2026, 11, 23)}))
    assert due(local(2026, 11, 22, 17), 2, passover) == local(2026, 11, 24, 10)


def test_a_day_on_which_the_clocks_change_has_the_hours_that_pass_in_it():
    around_the_clock = WorkCalendar(days=frozenset({MONDAY, FRIDAY}), opens=time(0), closes=time(23))
    spring = local(2026, 3, 27)  # at two o'clock it is three
    assert used(spring, spring + timedelta(days=1), around_the_clock) == timedelta(hours=22)


def test_a_promise_over_the_clock_change_keeps_office_hours():
    assert due(local(2026, 3, 26, 17), 2, WEEK) == local(2026, 3, 29, 10)


def test_a_calendar_without_work_is_refused():
    with pytest.raises(NoWorkingTime):
        WorkCalendar(days=frozenset())
    with pytest.raises(NoWorkingTime):
        WorkCalendar(opens=time(18), closes=time(9))
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(800))
    with pytest.raises(NoWorkingTime):
        due(local(2026, 1, 1), 1, WorkCalendar(holidays=closed))


@settings(max_examples=150)
@given(moments, targets, calendars)
def test_the_promise_uses_exactly_its_hours(start, hours, calendar):
    assert used(start, due(start, hours, calendar), calendar) == timedelta(hours=hours)


@settings(max_examples=150)
@given(moments, targets, calendars)
def test_the_promise_ends_in_working_time(start, hours, calendar):
    end = due(start, hours, calendar)
    opens, closes = calendar.hours_of(end.astimezone(calendar.zone).date())
    assert opens <= end <= closes


@settings(max_examples=100)
@given(moments, targets, targets, calendars)
def test_more_hours_are_never_due_earlier(start, hours, more, calendar):
    assert due(start, hours, calendar) <= due(start, hours + more, calendar)


@settings(max_examples=100)
@given(
    moments,
    st.timedeltas(timedelta(), timedelta(days=9)),
    st.timedeltas(timedelta(), timedelta(days=9)),
    calendars,
)
def test_used_time_adds_up(start, first, second, calendar):
    middle, end = start + first, start + first + second
    assert used(start, middle, calendar) + used(middle, end, calendar) == used(start, end, calendar)


@settings(max_examples=150)
@given(paused_promises())
def test_a_paused_promise_uses_exactly_its_hours(promise):
    start, hours, calendar, pauses = promise
    end = due(start, hours, calendar, pauses)
    assert used(start, end, calendar, pauses) == timedelta(hours=hours)


@settings(max_examples=150)
@given(paused_promises())
def test_a_pause_takes_out_the_working_time_in_it_and_no_more(promise):
    start, hours, calendar, pauses = promise
    end = due(start, hours, calendar, pauses)
    stood = sum((used(began, min(ended, end), calendar) for began, ended in pauses), timedelta())
    assert used(start, end, calendar) - stood == timedelta(hours=hours)


@settings(max_examples=100)
@given(paused_promises())
def test_a_pause_never_brings_the_time_forward(promise):
    start, hours, calendar, pauses = promise
    for kept in range(len(pauses)):
        assert due(start, hours, calendar, pauses[:kept]) <= due(start, hours, calendar, pauses)


@settings(max_examples=100)
@given(paused_promises(), st.randoms())
def test_the_order_in_which_pauses_are_told_is_all_the_same(promise, random):
    start, hours, calendar, pauses = promise
    told = [*pauses, *pauses[:1]]
    random.shuffle(told)
    assert due(start, hours, calendar, told) == due(start, hours, calendar, pauses)


@settings(max_examples=100)
@given(around_changes, st.integers(1, 30), both_weeks, st.integers(0, 5000))
def test_a_pause_after_the_end_changes_nothing(start, hours, calendar, later):
    end = due(start, hours, calendar)
    began = end + timedelta(minutes=later)
    assert due(start, hours, calendar, [(began, began + timedelta(days=2))]) == end


@pytest.mark.parametrize(
    ("days", "asked", "promised"),
    [
        (SUNDAY_TO_THURSDAY, local(2026, 11, 19, 15), local(2026, 11, 22, 15)),
        (MONDAY_TO_FRIDAY, local(2026, 11, 19, 15), local(2026, 11, 20, 15)),
        (MONDAY_TO_FRIDAY, local(2026, 11, 20, 15), local(2026, 11, 23, 15)),
        (SUNDAY_TO_THURSDAY, local(2026, 11, 20, 15), local(2026, 11, 23, 0)),
    ],
    ids=["Thursday here", "Thursday abroad", "Friday abroad", "Friday here"],
)
def test_twenty_four_hours_of_whole_days_end_at_this_time_on_the_next_working_day(days, asked, promised):
    assert due(asked, 24, WorkCalendar(days=days, opens=time(0), closes=time(0))) == promised


def test_a_weekend_inside_a_pause_costs_nothing_extra():
    asked, back = local(2026, 11, 19, 10), local(2026, 11, 22, 11)
    assert due(asked, 9, WEEK, [(local(2026, 11, 19, 12), back)]) == local(2026, 11, 22, 18)


def test_nothing_is_used_backwards():
    assert used(local(2026, 11, 23, 12), local(2026, 11, 22, 12), WEEK) == timedelta()


def test_the_examples_in_the_text_are_true():
    assert doctest.testmod(clock).failed == 0
