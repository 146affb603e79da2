"""Files that other programs hand over, as rows of who dealt with whom and when. What was said is never kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from intranet.text.tables import BadTable, read_table
from kms.network.row import Row
from kms.network.slack import slack_rows
from kms.sna.records import SnaError, moment

COLUMNS = ("source", "target", "kind", "at")
OPTIONAL = ("context_id", "audience_size")
COUNT_MOST: Final = 200
"""Messages of one pair on one day that count at most: above it is a robot."""


def csv_rows(path: Path) -> Iterator[Row]:
    """`source,target,kind,at[,context_id,audience_size]`. Raises BadTable."""
    for line, row in read_table(path, COLUMNS):
        yield Row(
            row["source"],
            row["target"],
            row["kind"][:40],
            _moment(path, line, row["at"]),
            row.get("context_id", "")[:200],
            _number(path, line, "audience_size", row.get("audience_size", "")),
            line,
        )


@dataclass(frozen=True)
class Counts:
    """A table of counts a day: its columns for who, whom, when, how many, and (optional) by what and to how many."""

    source: str
    target: str
    day: str
    count: str
    kind: str
    audience: str
    usual_kind: str


TEAMS = Counts("PersonId", "CollaboratorId", "MetricDate", "Count", "Activity", "Attendees", "teams")
"""Person-to-person collaboration out of Viva Insights or the Teams reports; `Activity` is chat, call, meeting or mail."""
MAIL = Counts("sender", "recipient", "day", "count", "kind", "recipients", "mail")
"""Mails a day from one person to another; `recipients` is to how many each went."""


def count_rows(columns: Counts) -> Callable[[Path], Iterator[Row]]:
    """A reader of tables of counts: a count of three is three rows of that day."""

    def rows(path: Path) -> Iterator[Row]:
        needed = (columns.source, columns.target, columns.day, columns.count)
        for line, row in read_table(path, needed):
            day = _moment(path, line, row[columns.day])
            count = _number(path, line, columns.count, row[columns.count]) or 0
            audience = _number(path, line, columns.audience, row.get(columns.audience, ""))
            kind = (row.get(columns.kind) or columns.usual_kind).casefold()[:40]
            for number in range(min(count, COUNT_MOST)):
                context = f"{day:%Y-%m-%d}#{number + 1}"
                yield Row(row[columns.source], row[columns.target], kind, day, context, audience, line)

    return rows


def _moment(path: Path, line: int, text: str) -> datetime:
    try:
        return datetime.fromtimestamp(moment(text), UTC)
    except (SnaError, OverflowError, OSError, ValueError) as refused:
        raise BadTable.at(path, line, refused) from None


def _number(path: Path, line: int, name: str, text: str) -> int | None:
    """A whole number, None when nothing is given."""
    if not text:
        return None
    if not text.isdecimal():
        raise BadTable.at(path, line, f"{name} '{text}' is not a whole number.")
    return int(text)


FORMATS: Final[dict[str, Callable[[Path], Iterator[Row]]]] = {
    "csv": csv_rows,
    "slack": slack_rows,
    "teams": count_rows(TEAMS),
    "mail": count_rows(MAIL),
}
"""By name: how a file of each format is read."""
