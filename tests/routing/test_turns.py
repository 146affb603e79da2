"""Weekly turns: whose week it is can be counted on the fingers."""

import doctest
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intranet.routing import rota
from intranet.routing.clock import MONDAY_TO_FRIDAY, WorkCalendar
from intranet.routing.rota import WEEK, holder, week_of

FIRST = date(2026, 11, 22)
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))
calendars = st.sampled_from([WorkCalendar(), WorkCalendar(days=MONDAY_TO_FRIDAY)])


def test_turns_go_round_in_their_order():
    weeks = [FIRST + n * WEEK for n in range(5)]
    assert [holder(["Ada", "Ben", "Carl"], FIRST, week, {}) for week in weeks] == [
        "Ada",
        "Ben",
        "Carl",
        "Ada",
        "Ben",
    ]


def test_a_swap_moves_nobody_elses_turn():
    swaps = {FIRST + WEEK: "Ada"}
    weeks = [FIRST + n * WEEK for n in range(3)]
    assert [holder(["Ada", "Ben"], FIRST, week, swaps) for week in weeks] == ["Ada", "Ada", "Ada"]


def test_nobody_takes_turns():
    assert holder([], FIRST, FIRST, {}) is None


@given(days, calendars)
def test_a_day_lies_in_the_week_it_is_counted_to(day, calendar):
    begins = week_of(day, calendar)
    assert begins <= day < begins + WEEK
    assert week_of(begins, calendar) == begins
    assert begins.weekday() in calendar.days


@given(days, st.integers(1, 7), st.integers(0, 60))
def test_as_many_weeks_as_people_bring_everybody_once(since, people, later):
    start = since + later * WEEK
    names = list(range(people))
    assert sorted(holder(names, since, start + n * WEEK, {}) for n in names) == names


@given(days, st.integers(1, 7), st.integers(-1, 1), st.integers(0, 60))
def test_a_week_that_begins_a_day_earlier_or_later_keeps_its_holder(since, people, shift, later):
    names, week = list(range(people)), since + later * WEEK
    assert holder(names, since, week + timedelta(days=shift), {}) == holder(names, since, week, {})


def test_the_examples_in_the_text_are_true():
    assert doctest.testmod(rota).failed == 0
