"""One post of a thread as one reader gets it: what it says, what hangs on it and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.content import voices
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation.kinds import Scope
from intranet.moderation.locks import ThreadLocks
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.disclosures.showing import shown_words
from intranet.rules.waiting import Waiting, waiting_in
from intranet.ui import times

HEADLINES = {
    Scope.REPLIES: _("Locked under policy: no new replies"),
    Scope.EDITS: _("Locked under policy: no edits"),
    Scope.VOTES: _("Locked under policy: no votes"),
    Scope.ATTACHMENTS: _("Locked under policy: no attachments"),
    Scope.ALL: _("Locked under policy: no replies, no edits, no votes"),
}


class Name(NamedTuple):
    """A person as a link to them."""

    username: str
    display_name: str


class Praise(NamedTuple):
    """Who says that an answer is right, and when; `asker`: the one who asked. `age`: what the words for the time depend on."""

    by: Name | None
    asker: bool
    at: datetime | None
    age: int | date | None


def praise(person: User | None, at: datetime | None, *, asker: bool = False) -> Praise:
    """What is said of an answer that `person` accepted, or called good, at `at`."""
    by = Name(person.username, person.display_name) if person else None
    return Praise(by, asker, at, times.age(at) if at else None)


@dataclass(slots=True)
class Card:
    """A post with the reader's own vote and rights. `gone` says in words why there is nothing to read.

    `waits`: it, or a change of it by the reader, waits for a moderator, and
    `waiting` why. `new`: it came since the reader was here; `since`: it is the first of those, in a thread that is read in order.
    """

    post: Post
    gone: str = ""
    mine: int = 0
    thanked: bool = False
    thankable: bool = False
    votable: bool = False
    editable: bool = False
    answerable: bool = False
    choosable: bool = False
    accepted: Praise | None = None
    good: Praise | None = None
    helpable: bool = False
    lock: Lock | None = None
    disclosures: list[str] = field(default_factory=list)
    comments: list[Card] = field(default_factory=list)
    more: int = 0
    parent: Post | None = None
    new: bool = False
    since: bool = False
    waits: bool = False
    waiting: Waiting | None = None

    @property
    def state(self) -> str:
        """What somebody who sees an unpublished post is told about it; empty for a published one."""
        return "" if self.post.state == PostState.PUBLISHED else str(PostState(self.post.state).label)

    @property
    def all_comments(self) -> int:
        """How many comments there are, shown or not."""
        return len(self.comments) + self.more

    @property
    def headline(self) -> str | Promise:
        """What the lock on this post stops, in words."""
        return HEADLINES[Scope(self.lock.scope)] if self.lock else ""

    @property
    def tone(self) -> str:
        """The look of the line at the edge of the post."""
        if self.lock:
            return "held"
        return "settled" if self.accepted or self.good else ""


def gone(reader: User, post: Post) -> str:
    """Why `reader` gets a placeholder instead of the text; empty when they may read it."""
    if visibility.sees_post(reader, post):
        return ""
    if post.state == PostState.DELETED:
        return gettext("This post was removed.")
    if post.state == PostState.HIDDEN:
        return gettext("A moderator hid this post.")
    return gettext("This post waits for a moderator.")


def say_why_they_wait(cards: Sequence[Card]) -> None:
    """Tell of the reader's own posts that wait, or whose change does, why. No queries where none does."""
    waiting = waiting_in([card.post.pk for card in cards if card.waits])
    for card in cards if waiting else ():
        card.waiting = waiting.get(card.post.pk)


def card_of(reader: User, post: Post, locks: ThreadLocks) -> Card:
    """The card of `post`, which carries `my_vote` and `disclosed` from its query. No queries."""
    if words := gone(reader, post):
        return Card(post, gone=words)
    own = voices.wrote(reader, post)
    open_to_all = post.state == PostState.PUBLISHED == post.thread.state and not post.space.archived_at
    writing = not reader.is_suspended
    return Card(
        post,
        mine=post.my_vote or 0,
        thanked=bool(post.my_thanks),
        thankable=writing and not own and open_to_all and not locks.stopping(post, Deed.REACT),
        votable=writing and not own and open_to_all and not locks.stopping(post, Deed.REACT),
        editable=writing and own and not locks.stopping(post, Deed.EDIT),
        answerable=writing and open_to_all and not locks.stopping(post, Deed.REPLY),
        lock=locks.get(post.pk),
        disclosures=[shown_words(row) for row in post.disclosed],
        waits=own and (post.edit_waits or post.state == PostState.HELD),
    )
