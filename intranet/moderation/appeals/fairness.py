"""Whether decisions last and whether like cases are decided alike. For moderators about themselves, for the lead about all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.cases.seams import rule_called
from intranet.moderation.kinds import SEVERITY, AppealState, FlagSource, Outcome
from intranet.moderation.models import Appeal, Decision, Flag, Lock
from intranet.people.models import User
from intranet.people.roles import Role
from intranet.settings.product import LIKE_CASES_DAYS, LIKE_CASES_MIN


def leads(person: User) -> bool:
    """Whether `person` sees the rates of every moderator by name."""
    return person.has_role(Role.ADMIN)


@dataclass
class Rate:
    """Decisions of one moderator, or under one clause, and how many of them fell on appeal."""

    label: str
    url: str = ""
    decisions: int = 0
    appealed: int = 0
    overturned: int = 0

    @property
    def share(self) -> int | None:
        """Per cent of the decisions that were overturned; None when they are too few to say."""
        if self.decisions < LIKE_CASES_MIN:
            return None
        return round(100 * self.overturned / self.decisions)

    def add(self, state: str | None) -> None:
        """Count one decision whose appeal stands like that; None when there was none."""
        self.decisions += 1
        self.appealed += state is not None
        self.overturned += state == AppealState.OVERTURNED


@dataclass
class RuleRate(Rate):
    """Cases that one rule brought up, and locks that it placed; `needless` cases ended without anything done."""

    needless: int = 0


@dataclass
class LikeCases:
    """Decisions under one clause that differ by two steps of severity or more."""

    label: str
    url: str
    outcomes: dict[str, int] = field(default_factory=dict)
    examples: list[Decision] = field(default_factory=list)
    spread: int = 0


def _decisions(person: User, now: datetime) -> QuerySet[Decision]:
    """Decisions of the last year in the places that `person` moderates, the latest first."""
    places = Space.objects.filter(visibility.spaces_moderated_by(person))
    rows = Decision.objects.with_all().filter(
        case__post__space__in=places, at__gt=now - timedelta(days=LIKE_CASES_DAYS), undone_at=None
    )
    return rows.exclude(outcome__in=(Outcome.ESCALATE, Outcome.ACCEPTED)).order_by("-at")


def rates(person: User, now: datetime) -> tuple[list[Rate], list[Rate]]:
    """(by moderator, by clause): one's own for a moderator, everybody's for the lead. Two queries."""
    shown = _decisions(person, now)
    if not leads(person):
        shown = shown.filter(decider=person)
    states = dict(Appeal.objects.filter(decision__in=shown.order_by()).values_list("decision_id", "state"))
    by_moderator: dict[int, Rate] = {}
    by_clause: dict[str, Rate] = {}
    for decision in shown:
        clause = decision.clause
        one = by_moderator.setdefault(decision.decider_id, Rate(decision.decider.display_name))
        other = by_clause.setdefault(clause.name, Rate(_called(decision), clause.get_absolute_url()))
        for rate in (one, other):
            rate.add(states.get(decision.pk))
    order = lambda rate: (-rate.overturned, -rate.decisions, rate.label)  # noqa: E731
    return sorted(by_moderator.values(), key=order), sorted(by_clause.values(), key=order)


def by_rule(person: User, now: datetime) -> list[RuleRate]:
    """How often what a rule brought up, or locked, fell on appeal, where `person` moderates. Two queries.

    It says nothing about anybody, so every moderator of the place sees it.
    """
    found: dict[str, RuleRate] = {}
    flags = Flag.objects.filter(source=FlagSource.RULE).filter(
        case__decisions__in=_decisions(person, now).order_by()
    )
    for name, outcome, state in flags.values_list(
        "rule", "case__decisions__outcome", "case__decisions__appeal__state"
    ):
        rate = found.setdefault(name, RuleRate(rule_called(name)))
        rate.add(state)
        rate.needless += outcome == Outcome.NO_ACTION
    places = Space.objects.filter(visibility.spaces_moderated_by(person))
    since = now - timedelta(days=LIKE_CASES_DAYS)
    locks = Lock.objects.exclude(rule="").filter(post__space__in=places, placed_at__gt=since)
    for name, state in locks.values_list("rule", "appeal__state"):
        found.setdefault(name, RuleRate(rule_called(name))).add(state)
    return sorted(found.values(), key=lambda rate: (-rate.overturned, -rate.decisions, rate.label))


def _called(decision: Decision) -> str:
    return f"{decision.clause.version.policy.label}, {decision.clause.title or decision.clause.anchor}"


def like_cases(person: User, now: datetime) -> list[LikeCases]:
    """Clauses under which like cases, of the same kind of post, ended unlike; the widest spread first. One query."""
    groups: dict[tuple[str, bool], list[Decision]] = defaultdict(list)
    for decision in _decisions(person, now).filter(overturned_at=None):
        groups[decision.clause.name, decision.case.post.root_id is None].append(decision)
    found = []
    for decisions in groups.values():
        ranked = sorted(decisions, key=lambda each: SEVERITY[Outcome(each.outcome)])
        spread = SEVERITY[Outcome(ranked[-1].outcome)] - SEVERITY[Outcome(ranked[0].outcome)]
        if spread >= 2:
            found.append(_like(decisions, ranked, spread))
    return sorted(found, key=lambda each: -each.spread)


def _like(decisions: list[Decision], ranked: list[Decision], spread: int) -> LikeCases:
    group = LikeCases(_called(ranked[0]), ranked[0].clause.get_absolute_url(), spread=spread)
    for decision in decisions:
        label = decision.get_outcome_display()
        group.outcomes[label] = group.outcomes.get(label, 0) + 1
    group.examples = [ranked[0], ranked[-1]]
    return group
