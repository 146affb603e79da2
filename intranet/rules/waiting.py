"""Why a post, or a change of it, waits for a moderator, as its author reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from intranet.content.models import Post
from intranet.moderation.cases.seams import rule_called
from intranet.moderation.models import Held, HeldEdit
from intranet.policies.models import ClauseVersion
from intranet.rules.applying import in_force
from intranet.rules.models import Judgement


@dataclass(frozen=True)
class Reason:
    """A clause, the rule that rests on it, and what it found."""

    clause: ClauseVersion
    rule: str
    excerpt: str


@dataclass(frozen=True)
class Waiting:
    """What waits until `due` at the latest. Without a reason the place or the person is looked at first."""

    due: datetime
    reasons: list[Reason]
    change: HeldEdit | None = None


def waiting_for(post: Post) -> Waiting | None:
    """What of `post` waits: a change of it, or the whole post; None when nothing does."""
    return waiting_in([post.pk]).get(post.pk)


def waiting_in(posts: Collection[int]) -> dict[int, Waiting]:
    """What waits of the posts with these ids, by id: a change, or the whole post. Three queries, and two a clause."""
    if not posts:
        return {}
    changes = HeldEdit.objects.filter(post__in=posts).select_related("clause__version__policy")
    reasons = _reasons(posts)
    found = {
        held.post_id: Waiting(held.due, reasons[held.post_id]) for held in Held.objects.filter(post__in=posts)
    }
    return found | {change.post_id: _of_change(change) for change in changes}


def _of_change(change: HeldEdit) -> Waiting:
    why = [Reason(change.clause, change.rule_label, change.excerpt)] if change.clause else []
    return Waiting(change.due, why, change)


def _reasons(posts: Collection[int]) -> dict[int, list[Reason]]:
    """The rules that held each of `posts`, under their clauses as they stand now."""
    found: dict[int, list[Reason]] = defaultdict(list)
    now = cache(in_force)
    for judgement in Judgement.objects.filter(post__in=posts).select_related("version"):
        clauses = {rule["id"]: rule["clause"] for rule in judgement.version.rules}
        for hit in judgement.held_by:
            reason = Reason(now(clauses[hit["rule"]]), rule_called(hit["name"]), hit["excerpt"])
            found[judgement.post_id].append(reason)
    return found
