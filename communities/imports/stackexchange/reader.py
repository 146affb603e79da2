"""Reads a Stack Exchange dump row by row, in constant memory.

A dump is a folder of XML files, one per table, one `<row …/>` per record. `Dump` opens the folder and yields
records; whatever is wrong with a file ends in `BrokenDump`, one sentence that names the file and the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from communities.imports.stackexchange.records import SiteComment, SitePerson, SitePost, SiteVote, licence_on

NEEDED = ("Users", "Posts", "Comments", "Votes")
NOT_READ = ("Badges", "PostHistory", "PostLinks", "Tags")

_KINDS: dict[str, Literal["question", "answer"]] = {"1": "question", "2": "answer"}


class BrokenDump(Exception):
    """The dump cannot be read; the message says which file and line in one sentence."""


class _Lines:
    """A file that hands out one line per `read`, so that whoever parses it can say which line it is at.

    The parser asks for a block and gets a line; as a dump writes one row per line, an event is met on its line.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.number = 0

    def read(self, _size: int = -1) -> bytes:
        self.number += 1
        return self.file.readline()


class _Row:
    """One `<row>`: its attributes, read as the types they should be, with errors that know where they are."""

    def __init__(self, attributes: Mapping[str, str], where: str) -> None:
        self.attributes = attributes
        self.where = where

    def text(self, name: str) -> str:
        return self.attributes.get(name, "")

    def number(self, name: str) -> int:
        value = self.optional_number(name)
        if value is None:
            raise BrokenDump(f"{self.where}: the row has no {name}.")
        return value

    def optional_number(self, name: str) -> int | None:
        raw = self.attributes.get(name, "")
        if not raw:
            return None
        try:
            return int(raw)
        except ValueError:
            raise BrokenDump(f"{self.where}: {name} is not a number: {raw[:40]!r}.") from None

    def time(self, name: str) -> datetime:
        value = self.optional_time(name)
        if value is None:
            raise BrokenDump(f"{self.where}: the row has no {name}.")
        return value

    def optional_time(self, name: str) -> datetime | None:
        raw = self.attributes.get(name, "")
        if not raw:
            return None
        try:
            return datetime.fromisoformat(raw).replace(tzinfo=UTC)
        except ValueError:
            raise BrokenDump(f"{self.where}: {name} is not a date: {raw[:40]!r}.") from None

    def licence(self) -> str:
        return self.text("ContentLicense") or licence_on(self.time("CreationDate"))


class Dump:
    """The dump in `folder`.

    Raises:
        BrokenDump: the folder is missing, or one of the four files that are needed is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise BrokenDump(f"There is no folder {folder}.")
        missing = [f"{table}.xml" for table in NEEDED if not self._path(table).is_file()]
        if missing:
            raise BrokenDump(f"The folder {folder} has no {', '.join(missing)}.")

    def people(self) -> Iterator[SitePerson]:
        return map(_person, self._rows("Users"))

    def posts(self) -> Iterator[SitePost]:
        """Questions and answers; wiki pages and notices of the old site are left to `other_posts`."""
        return map(_post, filter(_is_post, self._rows("Posts")))

    def comments(self) -> Iterator[SiteComment]:
        return map(_comment, self._rows("Comments"))

    def votes(self) -> Iterator[SiteVote]:
        return map(_vote, self._rows("Votes"))

    def other_posts(self) -> int:
        """How many rows of Posts.xml are neither question nor answer."""
        return sum(not _is_post(row) for row in self._rows("Posts"))

    def unread(self) -> Counter[str]:
        """Rows in each file that is present but not carried over: `{"Badges": 4093}`."""
        present = [table for table in NOT_READ if self._path(table).is_file()]
        return Counter({table: sum(1 for _ in self._rows(table)) for table in present})

    def _path(self, table: str) -> Path:
        return self.folder / f"{table}.xml"

    def _rows(self, table: str) -> Iterator[_Row]:
        with self._path(table).open("rb") as file:
            lines = _Lines(file)
            try:
                for attributes in _attributes(lines, table):
                    yield _Row(attributes, f"{table}.xml, line {lines.number}")
            except ParseError as broken:
                line, column = broken.position
                raise BrokenDump(
                    f"{table}.xml, line {line}, column {column + 1}: {_reason(broken)}."
                ) from None
            except DefusedXmlException:
                raise BrokenDump(
                    f"{table}.xml, line {lines.number}: the file defines entities of its own, which is refused."
                ) from None


def _person(row: _Row) -> SitePerson:
    return SitePerson(
        id=row.number("Id"),
        name=row.text("DisplayName"),
        created=row.time("CreationDate"),
        about=row.text("AboutMe"),
        location=row.text("Location"),
        account_id=row.optional_number("AccountId"),
    )


def _is_post(row: _Row) -> bool:
    """A question or an answer."""
    return row.text("PostTypeId") in _KINDS


def _post(row: _Row) -> SitePost:
    kind = _KINDS[row.text("PostTypeId")]
    return SitePost(
        id=row.number("Id"),
        kind=kind,
        parent_id=row.number("ParentId") if kind == "answer" else None,
        accepted_id=row.optional_number("AcceptedAnswerId"),
        created=row.time("CreationDate"),
        edited=row.optional_time("LastEditDate"),
        closed=row.optional_time("ClosedDate"),
        score=row.number("Score"),
        title=row.text("Title"),
        body=row.text("Body"),
        tags=tag_names(row.text("Tags")),
        owner_id=row.optional_number("OwnerUserId"),
        owner_name=row.text("OwnerDisplayName"),
        licence=row.licence(),
    )


def _comment(row: _Row) -> SiteComment:
    return SiteComment(
        id=row.number("Id"),
        post_id=row.number("PostId"),
        score=row.number("Score"),
        text=row.text("Text"),
        created=row.time("CreationDate"),
        owner_id=row.optional_number("UserId"),
        owner_name=row.text("UserDisplayName"),
        licence=row.licence(),
    )


def _vote(row: _Row) -> SiteVote:
    return SiteVote(
        id=row.number("Id"),
        post_id=row.number("PostId"),
        type_id=row.number("VoteTypeId"),
        created=row.time("CreationDate"),
    )


def _attributes(lines: _Lines, table: str) -> Iterator[Mapping[str, str]]:
    events = iterparse(lines, events=("start", "end"))
    _, root = next(events)
    if root.tag != table.lower():
        raise BrokenDump(
            f"{table}.xml, line {lines.number}: expected <{table.lower()}> and found <{root.tag}>."
        )
    for event, element in events:
        if event == "end" and element.tag == "row":
            yield element.attrib
            root.clear()


def _reason(broken: ParseError) -> str:
    """The parser's own words without the position, which the sentence gives already."""
    return str(broken).partition(": line")[0]


def tag_names(raw: str) -> tuple[str, ...]:
    """The tags of a question, in either of the two ways dumps have written them.

    >>> tag_names("<error-correction><qubit-state>"), tag_names("|q#|entanglement|"), tag_names("")
    (('error-correction', 'qubit-state'), ('q#', 'entanglement'), ())
    """
    return tuple(name for name in raw.replace("><", "|").strip("<>|").split("|") if name)
