"""Why a post, or a change of it, waits for a moderator, as its author reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    change = HeldEdit.objects.select_related("clause__version__policy").filter(post=post).first()
    if change:
        why = [Reason(change.clause, change.rule_label, change.excerpt)] if change.clause else []
        return Waiting(change.due, why, change)
    held = Held.objects.filter(post=post).first()
    return Waiting(held.due, _reasons(post)) if held else None


def _reasons(post: Post) -> list[Reason]:
    """The rules that held `post`, under their clauses as they stand now."""
    found = []
    for judgement in Judgement.objects.filter(post=post).select_related("version"):
        clauses = {rule["id"]: rule["clause"] for rule in judgement.version.rules}
        for hit in judgement.held_by:
            clause = in_force(clauses[hit["rule"]])
            found.append(Reason(clause, rule_called(hit["name"]), hit["excerpt"]))
    return found
