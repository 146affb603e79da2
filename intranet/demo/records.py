"""The records of the demo organisation: what `content` reads and `world` builds.

Times are relative: `ago` is days before the moment the world is built, `at` the local time of day, `after` the time that
passed since the thread was opened. People, units, topics and communities are named by the keys that the files use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from intranet.policies.starter.reading import StarterPolicy

SITES = {"haifa": ("Haifa", "חיפה"), "galil": ("Galil", "הגליל"), "krakow": ("Kraków", "קרקוב")}
"""Where people sit: the name in English and in Hebrew."""


@dataclass(frozen=True)
class Unit:
    """One unit; `parent` is the code of the unit above it, empty at the top."""

    code: str
    en: str
    he: str
    parent: str = ""


@dataclass(frozen=True)
class Person:
    """One invented person. `unit` is empty for guests; `roles` are words of `intranet.people.roles.Role`."""

    username: str
    name: str
    he: str
    title: str
    title_he: str
    site: str
    lang: str
    unit: str
    boss: str
    roles: tuple[str, ...]
    about: str = ""
    ask: tuple[str, ...] = ()


@dataclass(frozen=True)
class Community:
    """One community with its charter. `members` are codes of units, `also` usernames."""

    slug: str
    name: str
    name_he: str
    lang: str
    join: str
    posting: str
    owner: str
    managers: tuple[str, ...]
    duty: str
    members: tuple[str, ...]
    also: tuple[str, ...]
    topics: tuple[str, ...]
    purpose: str
    audience: str
    goal: str
    success: str
    hours: int
    review: int


@dataclass(frozen=True)
class Reply:
    """One post below a thread. `to` is the number of the post it hangs under, None for the thread's own level."""

    by: str
    after: timedelta
    body: str
    to: int | None = None
    accepted: str = ""
    disclose: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Thread:
    """One thread with its replies in order."""

    id: str
    community: str
    kind: str
    ago: float
    at: time
    by: str
    lang: str
    title: str
    body: str
    tags: tuple[str, ...]
    on_behalf: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class BlogEntry:
    """One post of a blog. `blog` is the blog's name, `on_behalf` the code of a unit or empty."""

    id: str
    blog: str
    author: str
    lang: str
    ago: float
    at: time
    title: str
    tags: tuple[str, ...]
    on_behalf: str
    body: str


@dataclass(frozen=True)
class Policy:
    """One policy of the starter set as it came to the demo. With `changed_*` it has two versions, else one;
    `before` is what version 1 said in the columns of the clauses that are different now, by anchor."""

    starter: StarterPolicy
    ago: float
    changed_en: str = ""
    changed_he: str = ""
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Deed:
    """A flag, a lock or thanks. `on` is `thread#number` or `thread#key`, number 0 being the thread itself."""

    kind: str
    on: str
    by: tuple[str, ...]
    after: timedelta = timedelta()
    clause: str = ""
    note: str = ""
    scope: str = ""
    days: int = 0
    to: str = ""
    ago: float = 0


@dataclass(frozen=True)
class Phrases:
    """Short things people say, by language."""

    acknowledge: dict[str, tuple[str, ...]]
    join: dict[str, tuple[str, ...]]
    comment: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Content:
    """All of it."""

    units: dict[str, Unit]
    topics: dict[str, tuple[str, str]]
    people: dict[str, Person]
    communities: dict[str, Community]
    threads: dict[str, Thread]
    blogs: dict[str, BlogEntry]
    policies: dict[str, Policy]
    deeds: tuple[Deed, ...]
    phrases: Phrases
    clause_names: frozenset[str] = field(default_factory=frozenset)
