"""What a moderator sees of one case, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from intranet.access import visibility
from intranet.content.models import Post
from intranet.moderation.kinds import CaseState, Outcome
from intranet.moderation.models import Case, Decision, Flag, Lock
from intranet.people.models import User

SIMILAR = 5


@dataclass
class CaseFile:
    """One case as `person` sees it. All counts are of what they may know."""

    case: Case
    person: User

    @property
    def post(self) -> Post:
        return self.case.post

    @property
    def open(self) -> bool:
        return self.case.state == CaseState.OPEN

    @cached_property
    def flags(self) -> list[Flag]:
        return list(self.case.flags.select_related("reporter", "clause__version__policy"))

    @cached_property
    def decisions(self) -> list[Decision]:
        return list(self.case.decisions.select_related("decider", "clause__version__policy"))

    @cached_property
    def lock(self) -> Lock | None:
        """The lock on the post itself that holds now."""
        return Lock.objects.holding().with_clause().filter(post=self.post).first()

    @cached_property
    def posts_of_author(self) -> int:
        return Post.objects.visible_to(self.person).published().filter(author=self.post.author_id).count()

    @cached_property
    def earlier_cases(self) -> dict[str, int]:
        """`{outcome in words: how many}` of decided cases about the author in places that the person moderates."""
        mine = (
            Case.objects.handled_by(self.person)
            .filter(post__author=self.post.author_id)
            .exclude(pk=self.case.pk)
        )
        rows = Decision.objects.filter(case__in=mine).values_list("outcome").annotate(Count("pk")).order_by()
        return {str(Outcome(outcome).label): count for outcome, count in rows}

    @cached_property
    def similar(self) -> list[Decision]:
        """The latest decisions under the clauses that the flags name, in places that the person moderates."""
        anchors = {flag.clause.anchor for flag in self.flags}
        policies = {flag.clause.version.policy_id for flag in self.flags}
        rows = Decision.objects.filter(
            case__in=Case.objects.handled_by(self.person).exclude(pk=self.case.pk),
            clause__anchor__in=anchors,
            clause__version__policy__in=policies,
        )
        return list(rows.select_related("case__post__root", "clause__version").order_by("-at")[:SIMILAR])


def case_for(person: User, public_id: str) -> Case | None:
    """The case if `person` moderates its place and sees its post, else None."""
    cases = Case.objects.handled_by(person).select_related(
        "post__root__author", "post__parent__author", "post__space", "post__author__unit", "claimed_by"
    )
    case = cases.filter(public_id=public_id).first()
    return case if case and visibility.sees_post(person, case.post) else None
