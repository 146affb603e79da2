"""What a moderator sees of one case, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from intranet.access import visibility
from intranet.content.models import Post, Space
from intranet.moderation.cases.deciding import may_undo
from intranet.moderation.kinds import CaseState, Outcome
from intranet.moderation.models import Case, CaseNote, Decision, Flag, Lock, Penalty
from intranet.moderation.penalties.ladder import next_hours
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
        return self.case.state != CaseState.DECIDED

    @cached_property
    def party(self) -> bool:
        """Whether the person said that they are party to it."""
        return self.case.recusals.filter(person=self.person).exists()

    @property
    def beyond(self) -> bool:
        """Whether it was escalated past the person."""
        return bool(self.case.escalated_at) and not self.person.moderates_everywhere

    @cached_property
    def notes(self) -> list[CaseNote]:
        return list(self.case.notes.select_related("author"))

    @cached_property
    def weight(self) -> float:
        """What the flags weigh together."""
        return sum(flag.weight for flag in self.flags)

    @cached_property
    def penalties(self) -> list[Penalty]:
        """What decisions meant for the author earlier, in places that the person moderates."""
        rows = Penalty.objects.filter(
            person=self.post.author_id, space__in=Space.objects.moderated_by(self.person)
        )
        return list(rows.select_related("space", "decision__clause__version")[:SIMILAR])

    @cached_property
    def silence_hours(self) -> int:
        """The next step of the ladder."""
        return next_hours(self.post.author, seen_by=self.person, now=timezone.now())

    @cached_property
    def flags(self) -> list[Flag]:
        return list(
            self.case.flags.select_related("reporter", "clause__version__policy", "likeness__learned")
        )

    @cached_property
    def decisions(self) -> list[Decision]:
        rows = list(self.case.decisions.with_all())
        for row in rows:
            row.undoable = may_undo(self.person, row, timezone.now())
        return rows

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
        return list(
            rows.select_related("case__post__root", "clause__version__policy").order_by("-at")[:SIMILAR]
        )


def case_for(person: User, public_id: str) -> Case | None:
    """The case if `person` moderates its place and sees its post, else None."""
    cases = Case.objects.handled_by(person).select_related(
        "post__root__author", "post__parent__author", "post__space", "post__author__unit", "claimed_by"
    )
    case = cases.filter(public_id=public_id).first()
    return case if case and visibility.sees_post(person, case.post) else None
