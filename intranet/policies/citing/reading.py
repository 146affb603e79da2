"""What cites changed clauses, as a policy owner sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intranet.access import visibility
from intranet.content.models import Post
from intranet.people.models import User
from intranet.policies.citing.models import StaleCitation
from intranet.policies.comparing import Change
from intranet.policies.models import ClauseVersion

MOST = 100


@dataclass(frozen=True)
class Cited:
    """One citation with the words it rests on and those that hold now. `post` is None where the reader may not look."""

    citation: StaleCitation
    change: Change
    post: Post | None

    @property
    def html(self) -> SafeString:
        return self.change.html

    @property
    def where(self) -> str:
        """The title of what is locked, or why it has none here."""
        return self.post.thread.title if self.post else _("In a place or a case that you do not see")


def _post_for(reader: User, citation: StaleCitation) -> Post | None:
    """The post it is about: locks are seen by every reader of the post, flags and decisions by its moderators alone."""
    if citation.lock:
        post = citation.lock.post
        return post if post and visibility.sees_post(reader, post) else None
    case = citation.flag.case if citation.flag else citation.decision.case
    seen = visibility.sees_post(reader, case.post) and visibility.moderates_space(reader, case.post.space)
    return case.post if seen else None


def waiting(reader: User, *, settled: bool = False) -> list[Cited]:
    """The newest hundred citations that wait for a policy owner, or those that were settled. Three queries."""
    rows = StaleCitation.objects.select_related(
        "cited__version__policy",
        "changed_in__policy",
        "settled_by",
        "lock__post__space",
        "lock__post__root",
        "lock__placed_by",
        "flag__case__post__space",
        "flag__case__post__root",
        "decision__case__post__space",
        "decision__case__post__root",
        "decision__decider",
    )
    found = list((rows.exclude(outcome="") if settled else rows.filter(outcome=""))[:MOST])
    new = _as_changed(found)
    return [
        Cited(row, Change(row.cited.anchor, row.cited, new.get(_key(row))), _post_for(reader, row))
        for row in found
    ]


def _key(row: StaleCitation) -> tuple[int, str]:
    return row.changed_in_id, row.cited.anchor


def _as_changed(rows: Sequence[StaleCitation]) -> dict[tuple[int, str], ClauseVersion]:
    """The clauses as the versions say them that changed them, by version and anchor."""
    clauses = ClauseVersion.objects.filter(
        version__in={row.changed_in_id for row in rows}, anchor__in={row.cited.anchor for row in rows}
    )
    return {(clause.version_id, clause.anchor): clause for clause in clauses}
