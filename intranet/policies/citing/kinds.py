"""What can cite a clause. Each kind registers itself, so that packages above policies cite like those below."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise

from intranet.activity.verbs import ABOUT, Verb, declare
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.policies.models import PolicyPage

MOST = 200
"""Citations of one kind that a policy lists."""


@dataclass(frozen=True)
class Citation:
    """One place: which `Kind` cites the clause, in which version of it, about what, where one reads more."""

    kind: str
    anchor: str
    what: str
    icon: str
    about: str
    url: str
    version: int
    at: datetime
    stands: bool


@dataclass(frozen=True)
class About:
    """What a citation is about, for somebody who may know: its name and its address."""

    title: str
    url: str


@dataclass(frozen=True)
class Asked:
    """Who is asked to look at a citation again, where it stands, and the `ref` of the page that the notice opens."""

    person: User
    ref: str | int
    post: Post | None = None
    space: Space | None = None


class Kind(ABC):
    """One kind of thing that cites clauses."""

    name: ClassVar[str]
    """Its key in `StaleCitation`."""
    label: ClassVar[str | Promise]
    again: ClassVar[Verb | None] = None
    """The notice to whoever is asked to look again; None where nobody is."""
    along: ClassVar[tuple[str, ...]] = ()
    """What `about` and `asked` read of a row."""

    @abstractmethod
    def binding(self) -> QuerySet[Any]:
        """The rows whose clause binds somebody today."""

    @abstractmethod
    def about(self, reader: User, row: Any) -> About | None:
        """What `row` is about, or None where `reader` may not look."""

    def cited(self, policy: PolicyPage, reader: User) -> Iterator[Citation]:
        """The citations of any version of `policy` that `reader` sees, the newest first and at most `MOST`."""
        return iter(())

    def asked(self, row: Any) -> Asked | None:
        """Who is asked to look again; None where nobody can."""
        return None


_kinds: dict[str, Kind] = {}


def register[Cites: type[Kind]](kind: Cites) -> Cites:
    """Let rows of this kind be listed, marked and queued."""
    _kinds[kind.name] = kind()
    return kind


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def look_again(name: str, text: str | Promise, page: str) -> Verb:
    """The deed of asking whoever placed something to look at it again, which leads to `page`."""
    return declare(Verb(name, text, "scale", tells=frozenset({ABOUT}), page=page))
