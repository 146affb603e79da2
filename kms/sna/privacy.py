"""What keeps one report from being subtracted from another: fixed calendar windows, and populations far enough apart."""

from collections.abc import Iterable, Set
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from kms.sna.records import SnaError, Terms, Window

APART: Final = 5
"""People by which two published populations must differ, unless they are the same."""


def is_calendar(window: Window, zone: str = "UTC") -> bool:
    """Whether a window is made of whole calendar months of that time zone (so quarters and years are, too).

    Windows of free choice could be moved by a day, and the difference of two reports would be what one person did that day.

    >>> is_calendar(Window.parse("2024-01-01,2024-04-01")), is_calendar(Window.parse("2024-01-01,2024-01-31"))
    (True, False)
    """
    return all(_starts_a_month(at, zone) for at in (window.start, window.end))


def _starts_a_month(at: float, zone: str) -> bool:
    moment = datetime.fromtimestamp(at, ZoneInfo(zone))
    return (moment.day, moment.hour, moment.minute, moment.second, moment.microsecond) == (1, 0, 0, 0, 0)


def check_windows(terms: Terms, zone: str = "UTC") -> None:
    """Raise SnaError when small numbers are kept back and a window is not of whole months."""
    for window in (terms.window, terms.against):
        if terms.suppresses and window is not None and not is_calendar(window, zone):
            raise SnaError(
                f"With a floor a window is made of whole months, such as 2024-01-01,2024-04-01; got '{window.label}'."
            )


def may_publish(before: Iterable[Set[str]], population: Set[str], apart: int = APART) -> bool:
    """Whether a report on `population` may be published beside those on the populations `before`.

    Two reports whose populations differ by 1 to 4 people (who joined and who left together) could be subtracted from one
    another. Equal populations may be, as nothing is left over. Ask it for the whole, and for each named group with the
    earlier groups of that name. O(reports · people).

    >>> may_publish([{"a", "b"}], {"a", "b"}), may_publish([{"a", "b"}], {"a", "c"})
    (True, False)
    """
    return not any(0 < len(one ^ population) < apart for one in before)
