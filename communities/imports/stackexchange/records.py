"""What a row of a Stack Exchange dump says, before it means anything to this site.

Field names follow the dump's own attributes where the word is clear; times are aware and in UTC, as the dump's
are. Nothing here is cleaned or converted: bodies are still HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Literal

_LICENCE_CHANGES = (
    (datetime(2018, 5, 2, tzinfo=UTC), "CC BY-SA 4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "CC BY-SA 3.0"),
)


def licence_on(day: datetime) -> str:
    """The licence a contribution made on `day` was published under.

    Dumps before 2019 do not name it on the row; the dates are those of the network's own licensing help page.

    >>> licence_on(datetime(2018, 3, 12, tzinfo=UTC)), licence_on(datetime(2020, 1, 1, tzinfo=UTC))
    ('CC BY-SA 3.0', 'CC BY-SA 4.0')
    """
    return next((name for since, name in _LICENCE_CHANGES if day >= since), "CC BY-SA 2.5")


class VoteType(IntEnum):
    """`VoteTypeId` of Votes.xml, as the dump's readme lists them."""

    ACCEPTED = 1
    UP = 2
    DOWN = 3
    OFFENSIVE = 4
    FAVOURITE = 5
    CLOSE = 6
    REOPEN = 7
    BOUNTY_START = 8
    BOUNTY_CLOSE = 9
    DELETION = 10
    UNDELETION = 11
    SPAM = 12
    MODERATOR_REVIEW = 15
    APPROVED_EDIT = 16


@dataclass(frozen=True, slots=True)
class SitePerson:
    """A row of Users.xml. `account_id` is the person's number across the whole network, when the dump has it."""

    id: int
    name: str
    created: datetime
    about: str
    location: str
    account_id: int | None


@dataclass(frozen=True, slots=True)
class SitePost:
    """A row of Posts.xml that is a question or an answer.

    `owner_id` is None when the account is gone; `owner_name` is then the name the site kept, or "".
    """

    id: int
    kind: Literal["question", "answer"]
    parent_id: int | None
    accepted_id: int | None
    created: datetime
    edited: datetime | None
    closed: datetime | None
    score: int
    title: str
    body: str
    tags: tuple[str, ...]
    owner_id: int | None
    owner_name: str
    licence: str


@dataclass(frozen=True, slots=True)
class SiteComment:
    """A row of Comments.xml. Unlike a post's body, `text` is already short Markdown."""

    id: int
    post_id: int
    score: int
    text: str
    created: datetime
    owner_id: int | None
    owner_name: str
    licence: str


@dataclass(frozen=True, slots=True)
class SiteVote:
    """A row of Votes.xml. The dump names no voter, and keeps the day but not the hour."""

    id: int
    post_id: int
    type_id: int
    created: datetime
