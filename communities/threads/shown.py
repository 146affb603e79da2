"""What the template of a post reads of it, as a plain value: posts that are equal here look the same.

So the page of a busy thread puts most posts together from HTML that was made for somebody else, and cannot show
anybody what was meant for another: what is different for them is a part of the value, and the value is the key. The
names are those of `Card` and `Post`, so that one template serves both.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from communities.threads.cards import Card, Praise
from intranet.content.models import Post
from intranet.ui import times


class Unit(NamedTuple):
    """The unit of an author."""

    label: str


class Author(NamedTuple):
    """Who wrote, as the line above a post says it."""

    username: str
    display_name: str
    title: str
    unit: Unit | None
    colour: int
    initials: str
    attribution: str

    def __str__(self) -> str:
        return self.display_name


class Text(NamedTuple):
    """What is written, and what people said to it. `age`: what the words for its time depend on."""

    public_id: str
    number: int
    author: Author
    created: datetime
    age: int | date
    title: str
    lang: str
    html: str
    revision: int
    total_score: int
    helped: int
    not_helped: int
    helped_me: int | None
    root_id: int | None
    parent_id: int | None


class Parent(NamedTuple):
    """The post that one answers, when it is not the first of the thread."""

    public_id: str
    author: str


class About(NamedTuple):
    """What the template of a post reads of its thread and of the reader.

    `asks`: the thread is a question; `settled`: it has an accepted answer. `runs`, `may_arrange`, `may_promote`: the reader looks after
    the place, may move and split its posts, may make articles of its answers.
    """

    asks: bool
    settled: bool
    runs: bool
    may_arrange: bool
    may_promote: bool


class Topic(NamedTuple):
    """A topic of the thread, in the reader's language."""

    slug: str
    label: str


class Shown(NamedTuple):
    """A post as its template reads it, with the comments below it."""

    post: Text
    gone: str
    mine: int
    votable: bool
    editable: bool
    answerable: bool
    choosable: bool
    accepted: Praise | None
    good: Praise | None
    helpable: bool
    tone: str
    state: str
    disclosures: tuple[str, ...]
    comments: tuple[Shown, ...]
    more: int
    all_comments: int
    parent: Parent | None
    new: bool
    since: bool


def shown(card: Card) -> Shown | None:
    """The value of `card`; None when it says more than a value holds: a lock, or why it waits."""
    comments = [shown(below) for below in card.comments]
    if card.lock or card.waiting or None in comments:
        return None
    return Shown(
        _text(card.post),
        card.gone,
        card.mine,
        card.votable,
        card.editable,
        card.answerable,
        card.choosable,
        card.accepted,
        card.good,
        card.helpable,
        card.tone,
        card.state,
        tuple(card.disclosures),
        tuple(below for below in comments if below),
        card.more,
        card.all_comments,
        _parent(card.parent),
        card.new,
        card.since,
    )


def _text(post: Post) -> Text:
    """The value of `post`; only what can be accepted is asked whether it helped."""
    return Text(
        post.public_id,
        post.number,
        _author(post),
        post.created,
        times.age(post.created),
        post.title,
        post.lang,
        post.html,
        post.revision,
        post.total_score,
        getattr(post, "helped", 0),
        getattr(post, "not_helped", 0),
        getattr(post, "helped_me", None),
        post.root_id,
        post.parent_id,
    )


def _author(post: Post) -> Author:
    author = post.author
    unit = Unit(author.unit.label) if author.unit else None
    return Author(
        author.username,
        author.display_name,
        author.title,
        unit,
        author.colour,
        author.initials,
        author.attribution,
    )


def _parent(post: Post | None) -> Parent | None:
    return Parent(post.public_id, str(post.author)) if post else None
