"""The frame around every page: where one can go, and what waits there.

This package lies below the ones that know communities, inboxes and policies, so those tell it: a package says
once, when it is loaded, who counts what, and the frame asks when a template first reads the figure.

    >>> from intranet.ui.frame import provides
    >>> @provides("inbox_count")
    ... def unread(person):
    ...     return person.notifications.unread().count()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS = frozenset({"communities", "desks", "errands", "inbox_count", "policies_due"})

_providers: dict[str, list[Callable[[Any], Any]]] = {}


@dataclass(frozen=True)
class Place:
    """One line of the side navigation. `roots` are the address prefixes under which it is the current place."""

    label: str | Promise
    url: str
    icon: str = ""
    roots: tuple[str, ...] = ()
    count: int = 0
    hot: bool = False
    colour: int = 0

    def holds(self, path: str) -> bool:
        """Whether the page at `path` lies in this place."""
        return path == self.url or any(path.startswith(root) for root in self.roots)


class Me(NamedTuple):
    """What the bar shows of whoever is signed in."""

    username: str
    colour: int
    initials: str


@dataclass(frozen=True)
class Errand:
    """Something that waits for one person on the home page: why, what it is about, where it is done.

    `tone` is the line at its edge (waiting, overdue); `note` a short second line such as by when.
    """

    why: str | Promise
    title: str
    url: str
    icon: str = "clock"
    tone: str = "waiting"
    note: str | Promise = ""


def provides(field: str) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    """Register `function(person)` for one field; lists of several providers are joined, counts are added."""
    if field not in FIELDS:
        raise ValueError(f"the frame has no {field!r}")

    def register(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _providers.setdefault(field, []).append(function)
        return function

    return register


class Frame:
    """What the frame shows one person on one page. Each part is asked for once, when a template reads it."""

    def __init__(self, person: Any, path: str) -> None:
        self.person = person
        self.path = path

    def _ask(self, field: str) -> Iterable[Any]:
        """What the providers of `field` say; nothing waits anywhere for a stranger."""
        providers = _providers.get(field, ()) if self.person.is_authenticated else ()
        return (provider(self.person) for provider in providers)

    def _places(self, field: str) -> tuple[Place, ...]:
        return tuple(place for places in self._ask(field) for place in places)

    @property
    def me(self) -> Me | None:
        """Whoever reads, unless they are a stranger."""
        person = self.person
        return Me(person.username, person.colour, person.initials) if person.is_authenticated else None

    @cached_property
    def communities(self) -> tuple[Place, ...]:
        """The person's communities, with the number of open questions in each."""
        return self._places("communities")

    @cached_property
    def desks(self) -> tuple[Place, ...]:
        """Work places that come with a role."""
        return self._places("desks")

    @cached_property
    def errands(self) -> list[Errand]:
        """What waits for the person that is no thread: a review, a request, an invitation."""
        return [errand for errands in self._ask("errands") for errand in errands]

    @cached_property
    def inbox_count(self) -> int:
        return sum(self._ask("inbox_count"))

    @cached_property
    def policies_due(self) -> int:
        return sum(self._ask("policies_due"))

    @cached_property
    def main(self) -> tuple[Place, ...]:
        """The places that everybody has."""
        return (
            Place(_("Home"), "/", "house"),
            Place(_("Communities"), "/c/", "messages-square", roots=("/c/", "/t/")),
            Place(_("Blogs"), "/blogs/", "pencil-line", roots=("/blogs/",)),
            Place(_("Articles"), "/articles/", "book-open", roots=("/articles/",)),
            Place(_("People"), "/experts/", "users", roots=("/experts/", "/people/")),
            Place(
                _("Policies"),
                "/policies/",
                "scale",
                roots=("/policies/",),
                count=self.policies_due,
                hot=bool(self.policies_due),
            ),
        )

    @cached_property
    def here(self) -> str:
        """The address of the current place: the most particular one that holds this page, or an empty text."""
        places = [*self.communities, *self.desks, *self.main]
        held = [place.url for place in places if place.holds(self.path)]
        return max(held, key=len, default="")

    @property
    def quick(self) -> str:
        """Which of the five places at the bottom of a phone is the current one; empty for none of them."""
        if self.path in {"/ask/", "/ui/more/"}:
            return self.path
        return "/c/" if self.here.startswith("/c") else self.here


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: `frame`, which costs nothing until a template reads it."""
    return {"frame": Frame(request.user, request.path)} if hasattr(request, "user") else {}
