"""The versions of a post, from what its edits kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intranet.content.models import Post
from intranet.people.models import User
from intranet.text.changes import Line, changes


@dataclass(frozen=True)
class Version:
    """What a post said from `at` on, and who wrote that."""

    number: int
    title: str
    source: str
    by: User
    at: datetime
    current: bool = False


def versions_of(post: Post) -> list[Version]:
    """All versions, the newest first. An edit keeps what was there with its own maker and time, so each version was
    written by the maker of the row before it."""
    by, at = post.author, post.created
    found = []
    for row in post.revisions.select_related("editor__unit").order_by("number"):
        found.append(Version(row.number, row.title, row.source, by, at))
        by, at = row.editor, row.at
    found.append(Version(post.revision, post.title, post.source, by, at, current=True))
    return found[::-1]


@dataclass(frozen=True)
class Comparison:
    """Two versions and what changed from the older to the newer."""

    old: Version
    new: Version
    title: list[Line]
    lines: list[Line]

    @property
    def is_empty(self) -> bool:
        return all(line.kind == "same" for line in (*self.title, *self.lines))


def compared(old: Version, new: Version) -> Comparison:
    """What changed from `old` to `new`."""
    title = changes(old.title, new.title) if old.title != new.title else []
    return Comparison(old, new, title, changes(old.source, new.source))


def chosen(versions: list[Version], old: str, new: str) -> Comparison | None:
    """The comparison of two version numbers as an address has them; by default of the last edit. None without edits."""
    by_number = {str(version.number): version for version in versions}
    if len(versions) < 2:
        return None
    second = by_number.get(new, versions[0])
    first = by_number.get(old, next((each for each in versions if each.number < second.number), second))
    first, second = sorted((first, second), key=lambda version: version.number)
    return compared(first, second)
