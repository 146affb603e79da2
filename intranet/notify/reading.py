"""The inbox as its owner reads it: what was said in one thread is one line, whatever its length."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from intranet.activity.verbs import THREAD, all_verbs, verb_named
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.notify.models import Follow, Level, Notification
from intranet.notify.sentences import REASONS, sentence, title_of
from intranet.people.models import User
from intranet.policies.naming import fetch_titles
from intranet.text.direction import apart
from intranet.ui.paging import PAGE, Page, decode, encode


@dataclass(frozen=True)
class Line:
    """One line: its latest notification, how many new ones and how many in all, and what the reader hears of the thread."""

    notification: Notification
    unseen: int
    total: int
    alike: bool
    level: str

    @property
    def words(self) -> SafeString:
        """`Alex answered Why …`, or `3 new answers in Why …`: safe HTML."""
        event = self.notification.event
        if max(self.unseen, self.total if not self.unseen else 0) < 2:
            return sentence(event)
        title = format_html('<bdi class="q">{}</bdi>', title_of(event))
        return format_html(self._counted(), n=self.unseen or self.total, post=title)

    def _counted(self) -> str:
        n, post = self.unseen or self.total, self.notification.event.post
        if not self.unseen:
            return ngettext("{n} post in {post}", "{n} posts in {post}", n)
        if self.alike and post.kind == PostKind.ANSWER:
            return ngettext("{n} new answer in {post}", "{n} new answers in {post}", n)
        return ngettext("{n} new post in {post}", "{n} new posts in {post}", n)

    @property
    def icon(self) -> str:
        return verb_named(self.notification.event.verb).icon

    @property
    def why(self) -> str | Promise:
        return REASONS[self.notification.reason]

    @property
    def latest_by(self) -> str:
        """Who was the last of several; empty when the line is about one alone."""
        several = self.unseen > 1 or (not self.unseen and self.total > 1)
        name = self.notification.event.actor.display_name
        return gettext("last by %(name)s") % {"name": apart(name)} if several else ""

    @property
    def thread(self) -> Post | None:
        """The thread that can be muted from here; None for what is no talk or stands nowhere."""
        event = self.notification.event
        return event.post.thread if event.post and verb_named(event.verb).is_talk else None


def talk() -> list[str]:
    """Verbs whose notifications are told together: what is said in a thread."""
    return [verb.name for verb in all_verbs() if THREAD in verb.tells]


def same_thread(notification: Notification) -> Q:
    """The notifications that share the line of `notification`."""
    event = notification.event
    if event.post is None or event.verb not in talk():
        return Q(pk=notification.pk)
    thread = event.post.thread_id
    return Q(event__verb__in=talk()) & (Q(event__post=thread) | Q(event__post__root=thread))


def lines(mine: QuerySet[Notification], reader: User, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """The `size` lines of `mine` after `cursor`, those with the latest news first; three queries."""
    together = When(
        event__verb__in=talk(),
        event__post__isnull=False,
        then=Coalesce("event__post__root_id", "event__post_id"),
    )
    new = Q(seen_at=None)
    grouped = (
        mine.annotate(knot=Case(together, default=-F("event_id")))
        .order_by()
        .values("knot")
        .annotate(
            at=Max("created"),
            latest=Max("event_id"),
            total=Count("pk"),
            unseen=Count("pk", filter=new),
            verbs=Count("event__verb", filter=new, distinct=True),
        )
    )
    if place := decode(cursor) if cursor else None:
        moment, event = place
        grouped = grouped.filter(Q(at__lt=moment) | Q(at=moment, latest__lt=event))
    found = list(grouped.order_by("-at", "-latest")[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    return Page(
        _with_levels(mine, reader, {row["latest"]: row for row in shown}),
        encode(last["at"], last["latest"]) if last else "",
    )


def _with_levels(mine: QuerySet[Notification], reader: User, rows: dict[int, dict[str, int]]) -> list[Line]:
    found = mine.filter(event__in=rows).select_related(
        "event__actor", "event__post__root", "event__post__space", "event__space"
    )
    by_event = {one.event_id: one for one in found}
    latest = [by_event[event] for event in rows if event in by_event]
    fetch_titles(one.event.post for one in latest)
    threads = {one.event.post.thread_id for one in latest if one.event.post}
    levels = dict(Follow.objects.filter(person=reader, post__in=threads).values_list("post", "level"))
    made = []
    for one in latest:
        row = rows[one.event_id]
        level = levels.get(one.event.post.thread_id, Level.NORMAL) if one.event.post else Level.NORMAL
        made.append(Line(one, row["unseen"], row["total"], row["verbs"] == 1, level))
    return made
