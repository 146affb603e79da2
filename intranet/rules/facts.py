"""What rules ask about a text that is being written: who writes, how much lately, under which topics, where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from intranet.access.deeds import Deed
from intranet.content.models import Post
from intranet.moderation.gate import Permit
from intranet.policies.disclosures.models import Disclosure
from intranet.policies.disclosures.told import read
from intranet.rules.compiled import Compiled
from intranet.rules.judging import AGE, DISCLOSURE, VOLUME, Said

LINK = re.compile(r'href="https?:')
LINK_TYPED = re.compile(r"https?://")


def said_in(
    permit: Permit,
    columns: dict[str, object],
    rules: Compiled,
    *,
    tags: Iterable[str] | None,
    disclosures: Iterable[str] | None,
    at: datetime,
) -> Said:
    """What `permit` lets somebody write, as far as `rules` ask; what they do not ask costs no query.

    `tags` and `disclosures` that are None are those that the thread and the post carry.
    """
    return Said(
        title=str(columns["title"]),
        text=str(columns["text"]),
        tags=frozenset(_topics(permit, tags) if rules.topics else ()),
        disclosures=frozenset(told_kinds(permit, disclosures) if DISCLOSURE in rules.kinds else ()),
        links=len(LINK.findall(str(columns["html"]))),
        author_days=(at - permit.actor.created).days,
        author_posts_last_hour=_posts_in_the_hour(permit, at) if VOLUME in rules.kinds else 0,
        quiet_days=_quiet_days(permit, at) if AGE in rules.kinds else 0,
    )


def _topics(permit: Permit, tags: Iterable[str] | None) -> Iterable[str]:
    if tags is not None or permit.root is None:
        return tags or ()
    names = permit.root.tags.values_list("name", "name_he")
    return [name for pair in names for name in pair if name]


def told_kinds(permit: Permit, disclosures: Iterable[str] | None) -> Iterable[str]:
    """The kinds of `disclosures`; of those that the post carries when None."""
    if disclosures is not None:
        return [told.kind for told in read(disclosures)]
    if permit.post is None:
        return ()
    return Disclosure.objects.filter(post=permit.post).values_list("kind", flat=True)


def _posts_in_the_hour(permit: Permit, at: datetime) -> int:
    hour = Post.objects.filter(author=permit.actor, created__gt=at - timedelta(hours=1), created__lte=at)
    return hour.count() + (permit.post is None or permit.deed == Deed.REPLY)


def _quiet_days(permit: Permit, at: datetime) -> int:
    return (at - permit.root.last_activity).days if permit.deed == Deed.REPLY else 0
