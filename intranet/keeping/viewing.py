"""The audit trail as its readers see it: names of people, and of places and posts only where the reader sees those."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.activity.verbs import verb_named
from intranet.audit.kinds import ENTRIES, GROUP_OF, GROUPS, SAID, deeds_of
from intranet.audit.models import AuditEntry
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.policies.naming import fetch_titles, title_of
from intranet.text.direction import apart

NAMES: dict[str, str | Promise] = {
    "active": gettext_lazy("may sign in"),
    "after": gettext_lazy("after"),
    "before": gettext_lazy("before"),
    "case": gettext_lazy("case"),
    "changed": gettext_lazy("changed"),
    "erasure": gettext_lazy("erasure"),
    "file": gettext_lazy("file"),
    "hold": gettext_lazy("hold"),
    "lock": gettext_lazy("lock"),
    "outcome": gettext_lazy("outcome"),
    "ref": gettext_lazy("reference"),
    "roles": gettext_lazy("roles"),
    "rule": gettext_lazy("rule"),
    "scope": gettext_lazy("scope"),
    "staff": gettext_lazy("enters the administrators' desk"),
    "superuser": gettext_lazy("may do everything there"),
}
"""What facts are called; one that is not here keeps its own name."""


@dataclass(frozen=True)
class Line:
    """One entry with what its reader may know: `closed` when it happened where the reader does not see."""

    entry: AuditEntry
    what: str
    group: str | Promise
    actor: User | None
    about: User | None
    space: Space | None
    post: Post | None
    closed: bool
    facts: list[tuple[str, str]]


def found(said: dict[str, Any]) -> QuerySet[AuditEntry]:
    """The entries that fit what `TrailForm` says."""
    rows = AuditEntry.objects.all()
    if said.get("who"):
        rows = rows.filter(actor=said["who"].pk)
    if said.get("about"):
        rows = rows.filter(about=said["about"].pk)
    if said.get("what"):
        rows = rows.filter(deed__in=deeds_of(said["what"]))
    if said.get("space"):
        rows = rows.filter(space=said["space"].pk)
    if said.get("since"):
        rows = rows.filter(at__gte=_start(said["since"]))
    if said.get("until"):
        rows = rows.filter(at__lte=_end(said["until"]))
    return rows


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def lines(entries: Sequence[AuditEntry], reader: User) -> list[Line]:
    """The entries for `reader`; three queries for however many, and one when there are policies among them."""
    people = User.objects.in_bulk(_ids(entries, "actor", "about"))
    spaces = Space.objects.visible_to(reader).in_bulk(_ids(entries, "space"))
    posts = Post.objects.visible_to(reader).select_related("root").in_bulk(_ids(entries, "post"))
    fetch_titles(posts.values())
    return [_line(entry, people, spaces, posts) for entry in entries]


def _ids(entries: Iterable[AuditEntry], *names: str) -> set[int]:
    return {pk for entry in entries for name in names if (pk := getattr(entry, name))}


def _line(
    entry: AuditEntry, people: dict[int, User], spaces: dict[int, Space], posts: dict[int, Post]
) -> Line:
    space, post = spaces.get(entry.space), posts.get(entry.post)
    closed = bool((entry.space and not space) or (entry.post and not post))
    actor, about = people.get(entry.actor), None if closed else people.get(entry.about)
    return Line(
        entry=entry,
        what=_sentence(entry, actor, about, space, post),
        group=GROUPS.get(GROUP_OF.get(entry.deed, ""), entry.deed),
        actor=actor,
        about=about,
        space=space,
        post=post,
        closed=closed,
        facts=[] if closed else [(_name(name), _value(value)) for name, value in sorted(entry.facts.items())],
    )


def _sentence(
    entry: AuditEntry, actor: User | None, about: User | None, space: Space | None, post: Post | None
) -> str:
    """What was done, in the reader's language."""
    if entry.deed in ENTRIES:
        return str(ENTRIES[entry.deed][1])
    try:
        text = str(SAID.get(entry.deed) or verb_named(entry.deed).text)
    except KeyError:
        return entry.deed
    return text.format(
        actor=apart(actor.display_name) if actor else _("Somebody"),
        about=apart(about.display_name) if about else _("a colleague"),
        post=apart(f"“{title_of(post) or post}”") if post else _("a post"),
        space=apart(space.label) if space else _("a closed place"),
    )


def _name(name: str) -> str:
    return str(NAMES.get(name, name))


def _value(value: Any) -> str:
    """A fact in one short line."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{_name(name)}: {_value(inner)}" for name, inner in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "–"
    return str(value)[:300]
