"""The report on files alone: two CSV files in, one JSON file out, and never half a file."""

import json
import math
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from intranet.text.tables import BadTable, read_table
from kms.sna.records import UNASSIGNED, Interaction, Person, SnaError, Terms, moment
from kms.sna.report import Progress, analyse

TIE_COLUMNS = ("source", "target")


def report_from_files(
    people: Path,
    ties: Path,
    group: str,
    terms: Terms,
    progress: Progress = lambda percent: None,
    strata: str | None = None,
) -> dict[str, Any]:
    """Analyse people (``id`` and the column named by `group`) and ties (``source,target[,kind,at,weight,
    audience_size]``). Raises SnaError with one sentence that names the file, and the line where there is one.
    """
    return analyse(read_people(people, group, strata), read_ties(ties, terms), terms, progress)


def read_people(path: Path, group: str, strata: str | None = None) -> list[Person]:
    """People of a CSV file; an empty group becomes ``unassigned``. Ids are strings, kept as written."""
    found: dict[str, Person] = {}
    for line, row in _rows(path, ("id", group, strata) if strata else ("id", group)):
        name = row["id"]
        if not name:
            raise SnaError(f"{path.name}, line {line}: the id is empty.")
        if name in found:
            raise SnaError(f"{path.name}, line {line}: the person '{name}' is listed twice.")
        found[name] = Person(name, row[group] or UNASSIGNED, row[strata] if strata else "")
    if not found:
        raise SnaError(f"{path.name} lists nobody.")
    return list(found.values())


def read_ties(path: Path, terms: Terms) -> Iterator[Interaction]:
    """Interactions of a CSV file, one a row. A window needs the column ``at``."""
    needed = (*TIE_COLUMNS, "at") if terms.window or terms.against else TIE_COLUMNS
    for line, row in _rows(path, needed):
        try:
            yield _interaction(row)
        except ValueError as error:
            raise SnaError(f"{path.name}, line {line}: {error}") from None


def _interaction(row: dict[str, str]) -> Interaction:
    """One row as an interaction. Raises ValueError with a sentence."""
    source, target = row["source"], row["target"]
    if not source or not target:
        raise SnaError("source and target must both be given.")
    at, audience = row.get("at", ""), row.get("audience_size", "")
    return Interaction(
        source,
        target,
        kind=row.get("kind", ""),
        at=moment(at) if at else None,
        weight=_number(row.get("weight") or "1", "weight"),
        audience_size=int(_number(audience, "audience_size")) if audience else None,
    )


def _number(text: str, column: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise SnaError(f"{column} '{text}' is not a number.") from None
    if not math.isfinite(value):
        raise SnaError(f"{column} '{text}' is not a number.")
    return value


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table; what is wrong with it as SnaError."""
    try:
        yield from read_table(path, needed)
    except BadTable as refused:
        raise SnaError(str(refused)) from None


def write_report(report: dict[str, Any], path: Path) -> None:
    """Write the report as JSON in one step: afterwards the file is whole, or as it was before. Raises SnaError."""
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False)
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            draft = Path(file.name)
            try:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
                draft.chmod(0o644)
                draft.replace(path)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise SnaError(f"{path} cannot be written: {error.strerror or error}.") from None
