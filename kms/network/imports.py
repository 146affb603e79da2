"""Interactions from a file: checked whole first, then written in batches that can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path

from intranet.people.models import User
from intranet.text.tables import BadTable, read_table
from kms.network.models import Interaction
from kms.sna.records import SnaError, moment

COLUMNS = ("source", "target", "kind", "at")
OPTIONAL = ("context_id", "audience_size")
BATCH = 5_000


@dataclass
class Report:
    """What an import did; on a dry run, what it would do at most."""

    rows: int = 0
    added: int = 0
    known: int = 0
    unknown_people: int = 0
    with_oneself: int = 0

    def __str__(self) -> str:
        return (
            f"{self.rows} rows: {self.added} added, {self.known} known already, "
            f"{self.unknown_people} with people who are not here, {self.with_oneself} with oneself."
        )


def import_interactions(
    path: Path,
    *,
    origin: str = "",
    dry_run: bool = False,
    progress: Callable[[Iterable[Interaction]], Iterable[Interaction]] = lambda rows: rows,
) -> Report:
    """Take in a file with `source,target,kind,at[,context_id,audience_size]`. Raises BadTable; then nothing changed.

    People are named by the directory's id, the user name or the e-mail. Each batch is kept as it is written, and a row
    that is there already is passed over: an import that was stopped is finished by running it again.
    """
    people = _people()
    for _ in _interactions(path, people, origin, Report()):
        pass
    report = Report()
    for batch in batched(progress(_interactions(path, people, origin, report)), BATCH):
        _keep(list(batch), report, dry_run=dry_run)
    return report


def _keep(batch: list[Interaction], report: Report, *, dry_run: bool) -> None:
    """Write the rows of a batch that are new."""
    rows = {row.row_key: row for row in batch}
    known = set(Interaction.objects.filter(row_key__in=rows).values_list("row_key", flat=True))
    fresh = [row for key, row in rows.items() if key not in known]
    if not dry_run:
        Interaction.objects.bulk_create(fresh, ignore_conflicts=True)
    report.added += len(fresh)
    report.known += len(batch) - len(fresh)


def _people() -> dict[str, int]:
    """Everything by which a person may be named; the directory's id wins over the user name, that over the e-mail."""
    rows = list(User.objects.values_list("pk", "directory_id", "username", "email"))
    names = {email.casefold(): pk for pk, _, _, email in rows if email}
    names |= {username: pk for pk, _, username, _ in rows}
    return names | {id_: pk for pk, id_, _, _ in rows if id_}


def _interactions(path: Path, people: dict[str, int], origin: str, report: Report) -> Iterator[Interaction]:
    """Rows between two known people; the others are counted."""
    for line, row in read_table(path, COLUMNS):
        report.rows += 1
        try:
            at, audience = _moment(row["at"]), _audience(row.get("audience_size", ""))
        except (SnaError, OverflowError, OSError) as refused:
            raise BadTable.at(path, line, refused) from None
        if not row["source"] or not row["target"]:
            raise BadTable.at(path, line, "source and target must both be given.")
        source, target = (
            people.get(row[end], people.get(row[end].casefold())) for end in ("source", "target")
        )
        if source is None or target is None:
            report.unknown_people += 1
            continue
        if source == target:
            report.with_oneself += 1
            continue
        kind, context = row["kind"][:40], row.get("context_id", "")[:200]
        yield Interaction(
            source_id=source,
            target_id=target,
            kind=kind,
            at=at,
            context_id=context,
            audience_size=audience,
            origin=origin[:80],
            row_key=Interaction.key_of(source, target, kind, at.isoformat(), context, audience),
        )


def _moment(text: str) -> datetime:
    """The time of a row. Raises SnaError with a sentence."""
    return datetime.fromtimestamp(moment(text), UTC)


def _audience(text: str) -> int | None:
    """How many received it; None when the file does not say. Raises SnaError with a sentence."""
    if not text:
        return None
    if not text.isdecimal():
        raise SnaError(f"audience_size '{text}' is not a whole number.")
    return int(text)
