"""One page of a thread as one reader gets it, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from communities.threads.cards import HEADLINES, Card
from communities.threads.shown import Shown, Topic, shown
from intranet.content.kinds import PostKind
from intranet.content.models import Draft, Post, Tag
from intranet.moderation.kinds import Scope
from intranet.moderation.locks import ThreadLocks
from intranet.moderation.models import Closure, Lock


@dataclass
class ThreadPage:
    """One page of a thread as one reader gets it."""

    root: Card
    cards: list[Card]
    number: int
    pages: int
    total: int
    locks: ThreadLocks
    reply_lock: Lock | None
    open_to_replies: bool
    draft: Draft | None

    @property
    def post(self) -> Post:
        return self.root.post

    @property
    def lock(self) -> Lock | None:
        """The lock on the whole thread or its space, to be shown on top."""
        return self.locks.get(self.post.pk) or self.locks.get(None)

    @property
    def headline(self) -> str | Promise:
        """What that lock stops, in words."""
        return HEADLINES[Scope(self.lock.scope)] if self.lock else ""

    @property
    def closure(self) -> Closure | None:
        """What closed the thread, while it is closed."""
        closed = getattr(self.post, "closure", None)
        return closed if closed and not closed.reopened_at else None

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of the thread."""
        return tuple(Topic(tag.slug, tag.label) for tag in (Tag(**row) for row in self.post.topics))

    @property
    def shown_pages(self) -> list[int]:
        """Page numbers to offer: the first, the last and those around this one; 0 stands for those left out."""
        near = {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        shown: list[int] = []
        for number in sorted(near):
            if shown and number > shown[-1] + 1:
                shown.append(0)
            shown.append(number)
        return shown

    @property
    def next_page(self) -> int:
        return self.number + 1

    def shows(self, public_id: str) -> bool:
        """Whether the post called `public_id` is on this page."""
        return any(card.post.public_id == public_id for card in self.all_cards)

    @property
    def all_cards(self) -> list[Card]:
        """Every post of the page, comments with what they hang on."""
        return [each for card in (self.root, *self.cards) for each in (card, *card.comments)]

    @property
    def root_shown(self) -> Shown | None:
        """The plain value of the first post, where it has one."""
        return shown(self.root)

    @property
    def listed(self) -> list[tuple[Card, Shown | None]]:
        """The posts below the first, each with its plain value where it has one."""
        return [(card, shown(card)) for card in self.cards]

    @property
    def last_number(self) -> int:
        """The number of the last post of this page, comments too."""
        return max(card.post.number for card in self.all_cards)

    @property
    def submit_words(self) -> str:
        """What the button of the composer says."""
        return _("Post the answer") if self.post.kind == PostKind.QUESTION else _("Post the reply")
