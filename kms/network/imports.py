"""Interactions from a file: checked whole first, then written in batches that can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from intranet.people.models import User
from intranet.text.tables import BadTable
from kms.network.formats import FORMATS
from kms.network.keeping import keep
from kms.network.models import Interaction
from kms.network.row import Row

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
    form: str = "csv",
    origin: str = "",
    dry_run: bool = False,
    progress: Callable[[Iterable[Interaction]], Iterable[Interaction]] = lambda rows: rows,
) -> Report:
    """Take in a file of a known form (`formats.FORMATS`). Raises BadTable; then nothing changed.

    People are named by the directory's id, the user name or the e-mail. Each batch is kept as it is written, and a row
    that is there already is passed over: an import that was stopped is finished by running it again.
    """
    read, people = FORMATS[form], _people()
    for _ in _interactions(read, path, people, origin, Report()):
        pass
    report = Report()
    for batch in batched(progress(_interactions(read, path, people, origin, report)), BATCH):
        _keep(list(batch), report, dry_run=dry_run)
    return report


def _keep(batch: list[Interaction], report: Report, *, dry_run: bool) -> None:
    """Write the rows of a batch that are new."""
    added, known = keep(batch, dry_run=dry_run)
    report.added += added
    report.known += known


def _people() -> dict[str, int]:
    """Everything by which a person may be named; the directory's id wins over the user name, that over the e-mail."""
    rows = list(User.objects.values_list("pk", "directory_id", "username", "email"))
    names = {email.casefold(): pk for pk, _, _, email in rows if email}
    names |= {username: pk for pk, _, username, _ in rows}
    return names | {id_: pk for pk, id_, _, _ in rows if id_}


def _interactions(
    read: Callable[[Path], Iterable[Row]], path: Path, people: dict[str, int], origin: str, report: Report
) -> Iterator[Interaction]:
    """Rows between two known people; the others are counted."""
    for row in read(path):
        report.rows += 1
        if not row.source or not row.target:
            raise BadTable.at(path, row.line, "source and target must both be given.")
        source, target = (people.get(end, people.get(end.casefold())) for end in (row.source, row.target))
        if source is None or target is None:
            report.unknown_people += 1
            continue
        if source == target:
            report.with_oneself += 1
            continue
        yield Interaction(
            source_id=source,
            target_id=target,
            kind=row.kind,
            at=row.at,
            context_id=row.context,
            audience_size=row.audience,
            origin=origin[:80],
            row_key=Interaction.key_of(
                source, target, row.kind, row.at.isoformat(), row.context, row.audience
            ),
        )
