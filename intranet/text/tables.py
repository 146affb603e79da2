"""Tables that people hand over as CSV files: read strictly, refused in one sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path


class BadTable(ValueError):
    """A file that cannot be taken. The message is one sentence that names the file, and the line where there is one."""

    @classmethod
    def at(cls, path: Path, line: int, reason: object) -> BadTable:
        """A refusal of one line."""
        return cls(f"{path.name}, line {line}: {reason}")


def read_table(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers; values are stripped, columns may come in any order.

    The separator is a comma, a semicolon or a tab, whichever the first line has most of; a byte order mark is skipped.
    Raises BadTable when the file cannot be read, lacks a column of `needed`, or has a row longer than its head.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;\t", key=head.count), restval="")
            reader.fieldnames = _columns(path, reader.fieldnames or (), needed)
            for row in reader:
                if None in row:
                    raise BadTable.at(path, reader.line_num, "more values than columns.")
                yield reader.line_num, {name: value.strip() for name, value in row.items()}
    except OSError as error:
        raise BadTable(f"{path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise BadTable(f"{path.name} is not UTF-8 text.") from None
    except csv.Error as error:
        raise BadTable(f"{path.name} is not a CSV file: {error}.") from None


def _columns(path: Path, given: Sequence[str], needed: Sequence[str]) -> list[str]:
    """The names of the columns, once it is sure that all needed ones are there."""
    columns = [name.strip() for name in given]
    missing = next((name for name in needed if name not in columns), None)
    if missing is not None:
        raise BadTable(
            f"{path.name} has no column '{missing}'; its columns are: {', '.join(columns) or 'none'}."
        )
    return columns
