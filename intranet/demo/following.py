"""What people chose to hear of, how far they have read, and what they keep for later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from intranet.access import visibility
from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post, Space, Tag
from intranet.demo.credentials import SHOWN
from intranet.demo.writing import Written
from intranet.notify.bookmarks import bookmark
from intranet.notify.digests import choose
from intranet.notify.following import follow
from intranet.notify.models import Level, ReadPosition, Rhythm
from intranet.people.models import User

AWAY = timedelta(days=3)
"""How long ago everybody was last here: what came since is new to them."""

OF_PLACES = (("noa", "actuators", Level.WATCHING), ("michal", "firmware", Level.FOLLOWING))
OF_PEOPLE = (
    ("noa", "alex", Level.FOLLOWING),
    ("noa", "hiba", Level.WATCHING),
    ("michal", "noa", Level.FOLLOWING),
)
OF_TOPICS = (
    ("noa", "grease", Level.WATCHING),
    ("noa", "seals", Level.FOLLOWING),
    ("gilad", "grease", Level.MUTED),
)


@dataclass(frozen=True)
class Kept:
    """A bookmark: whose, of which post, why, and in how many days to be reminded."""

    by: str
    thread: str
    number: int
    note: str
    days: int | None


KEPT = (
    Kept("noa", "loaner-units", 0, "לשאול את השירות כמה יחידות יש היום", 2),
    Kept("noa", "night-light", 0, "", None),
    Kept("michal", "loaner-units", 0, "Good example for the monthly letter", 5),
)


def choose_what_to_hear(
    people: Mapping[str, User], spaces: Mapping[str, Space], written: Written, *, now: datetime
) -> None:
    """Levels, bookmarks and read positions of the people who sign in to the demo."""
    for name, slug, level in OF_PLACES:
        if name in people and slug in spaces:
            follow(person=people[name], level=level, space=spaces[slug])
    for name, whom, level in OF_PEOPLE:
        if name in people and whom in people:
            follow(person=people[name], level=level, whom=people[whom])
    topics = {tag.slug: tag for tag in Tag.objects.filter(slug__in=[slug for _n, slug, _l in OF_TOPICS])}
    for name, slug, level in OF_TOPICS:
        if name in people and slug in topics:
            follow(person=people[name], level=level, tag=topics[slug])
    if "noa" in people:
        choose(person=people["noa"], rhythm=Rhythm.WEEKLY)
    _keep(people, written, now)
    _read(people, now)


def _keep(people: Mapping[str, User], written: Written, now: datetime) -> None:
    today = max(timezone.localdate(now), timezone.localdate())
    for kept in KEPT:
        if kept.by in people and kept.thread in written.threads:
            post = written.post(kept.thread, kept.number)
            if visibility.sees_post(people[kept.by], post):
                day = today + timedelta(days=kept.days) if kept.days else None
                bookmark(person=people[kept.by], post=post, note=kept.note, remind_on=day)


def _read(people: Mapping[str, User], now: datetime) -> None:
    """Everybody who signs in has read, up to their last visit, the threads of the communities they are in."""
    last = now - AWAY
    for person in (people[name] for name in SHOWN if name in people):
        threads = (
            Post.objects.visible_to(person)
            .threads()
            .filter(kind__in=THREAD_KINDS, created__lt=last, space__memberships__person=person)
            .annotate(first=Min("thread_posts__number", filter=Q(thread_posts__created__gte=last)))
        )
        ReadPosition.objects.bulk_create(
            ReadPosition(
                person=person,
                thread=thread,
                number=thread.reply_count if thread.first is None else thread.first - 1,
                at=last,
            )
            for thread in threads
        )
