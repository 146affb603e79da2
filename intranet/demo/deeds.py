"""Flags, locks and thanks of the demo organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from intranet.content.kinds import ReactionKind
from intranet.content.models import Post
from intranet.demo import moments
from intranet.demo.consistency import post_at
from intranet.demo.records import Content, Deed
from intranet.demo.writing import Written
from intranet.moderation import actions as moderation
from intranet.moderation import locks
from intranet.moderation.kinds import Outcome
from intranet.people.models import User
from intranet.policies.models import ClauseVersion, PolicyVersion
from intranet.posting import actions as posting


def do(
    content: Content,
    people: Mapping[str, User],
    policies: Mapping[str, PolicyVersion],
    written: Written,
    *,
    now: datetime,
) -> None:
    """Do all deeds: thanks first and locks last, because a lock stops what comes after it."""
    for deed in sorted(content.deeds, key=lambda each: ("thanks", "flag", "lock").index(each.kind)):
        thread, number = post_at(content, deed.on)
        post = written.post(thread.id, number)
        at = now - timedelta(days=deed.ago) if deed.ago else post.created + deed.after
        at = max(post.created + moments.STEP, min(moments.by_day(at), now))
        match deed.kind:
            case "thanks":
                _thank(deed, people, post, at)
            case "flag":
                _flag(deed, people, _clause(policies, deed.clause), post, at)
            case _:
                until = now + timedelta(days=deed.days) if deed.days else None
                _lock(deed, people[deed.by[0]], _clause(policies, deed.clause), post, at=at, until=until)


def _clause(policies: Mapping[str, PolicyVersion], name: str) -> ClauseVersion:
    """The clause `policy#anchor` of the current version."""
    slug, anchor = name.split("#")
    return policies[slug].clauses.get(anchor=anchor)


def _thank(deed: Deed, people: Mapping[str, User], post: Post, at: datetime) -> None:
    posting.react(person=people[deed.by[0]], post=post, value=1, kind=ReactionKind.THANKS, at=at)


def _flag(deed: Deed, people: Mapping[str, User], clause: ClauseVersion, post: Post, at: datetime) -> None:
    for later, username in enumerate(deed.by):
        moderation.flag(
            reporter=people[username],
            post=post,
            clause=clause,
            note="" if later else deed.note,
            at=at + later * moments.STEP,
        )


def _lock(
    deed: Deed, actor: User, clause: ClauseVersion, post: Post, *, at: datetime, until: datetime | None
) -> None:
    """Lock the post: by deciding its case where somebody flagged it, else outright."""
    facts: dict[str, Any] = {
        "actor": actor,
        "clause": clause,
        "scope": deed.scope,
        "note": deed.note,
        "until": until,
        "at": at,
    }
    case = post.cases.open().first()
    if case:
        moderation.decide(case=case, outcome=Outcome.LOCK, **facts)
    else:
        locks.lock(post=post, **facts)
