"""What the pages of policies show, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.comparing import Change, changes
from intranet.policies.models import (
    Acknowledgement,
    Aim,
    Audience,
    ClauseVersion,
    PolicyPage,
    PolicyVersion,
)

WORDS_A_MINUTE = 180
"""Rules are read slowly."""


@dataclass(frozen=True)
class Group:
    """The policies of one aim."""

    label: str
    versions: list[PolicyVersion]


def by_aim(reader: User, audience: str = "") -> list[Group]:
    """The current versions that concern `reader`, by what they are for; each knows whether it is `acknowledged`."""
    rows = PolicyVersion.objects.current_for(reader).select_related("policy").annotate(size=Count("clauses"))
    if audience in Audience.values:
        rows = rows.filter(policy__audience=audience)
    mine = set(Acknowledgement.objects.filter(person=reader).values_list("version_id", flat=True))
    versions = sorted(rows, key=lambda version: version.policy.label)
    for version in versions:
        version.acknowledged = version.pk in mine
    groups = [
        Group(label, [version for version in versions if version.policy.aim == aim])
        for aim, label in Aim.choices
    ]
    return [group for group in groups if group.versions]


def for_writers(reader: User) -> list[PolicyVersion]:
    """What helps and protects whoever writes, for the side of an editor."""
    rows = PolicyVersion.objects.current_for(reader).filter(
        policy__audience__in=(Audience.WRITERS, Audience.EVERYONE)
    )
    return list(rows.select_related("policy").order_by("policy__audience", "policy__title"))


def locks_by_anchor(policy: PolicyPage, reader: User) -> dict[str, int]:
    """How many locks rest on each clause, through all versions, of those whose place `reader` sees."""
    spaces = Space.objects.filter(visibility.spaces_seen_by(reader))
    seen = Q(post=None, person=None, space__in=spaces) | (
        Q(post__isnull=False) & visibility.posts_seen_by(reader, "post__")
    )
    rows = Lock.objects.filter(seen, clause__version__policy=policy).values_list("clause__anchor")
    return dict(rows.annotate(Count("pk", distinct=True)))


@dataclass
class Reading:
    """One version of a policy as one person reads it."""

    policy: PolicyPage
    versions: list[PolicyVersion]
    version: PolicyVersion
    reader: User
    clauses: list[ClauseVersion] = field(init=False)

    def __post_init__(self) -> None:
        shown = [self.version, *([self.previous] if self.previous else [])]
        rows = list(ClauseVersion.objects.filter(version__in=shown))
        self.clauses = [clause for clause in rows if clause.version_id == self.version.pk]
        self.before = [clause for clause in rows if clause.version_id != self.version.pk]
        changed = {change.anchor for change in self.changes}
        cited = locks_by_anchor(self.policy, self.reader)
        for clause in self.clauses:
            clause.changed = clause.anchor in changed
            clause.cited = cited.get(clause.anchor, 0)

    @property
    def current(self) -> bool:
        return self.version == self.versions[0]

    @cached_property
    def previous(self) -> PolicyVersion | None:
        """The version before the one that is shown."""
        older = [each for each in self.versions if each.number < self.version.number]
        return older[0] if older else None

    @cached_property
    def changes(self) -> list[Change]:
        """What differs from the version before; nothing for the first one."""
        return changes(self.before, self.clauses) if self.previous else []

    @cached_property
    def acknowledged(self) -> dict[int, Acknowledgement]:
        """What the reader acknowledged of this policy, by version number."""
        rows = Acknowledgement.objects.filter(person=self.reader, version__policy=self.policy)
        return {row.version.number: row for row in rows.select_related("version")}

    @property
    def mine(self) -> Acknowledgement | None:
        return self.acknowledged.get(self.version.number)

    @property
    def my_last(self) -> Acknowledgement | None:
        """My acknowledgement of the newest version that I read before this one."""
        return self.acknowledged.get(max(self.acknowledged, default=0))

    @cached_property
    def readers(self) -> int:
        """How many people who are here acknowledged this version."""
        return Acknowledgement.objects.filter(version=self.version, person__is_active=True).count()

    @cached_property
    def people(self) -> int:
        """How many people it is for: everybody who is here and no guest."""
        return User.objects.active().exclude(roles__contains=["guest"]).count()

    @property
    def minutes(self) -> int:
        words = sum(len(clause.text.split()) for clause in self.clauses)
        return max(1, round(words / WORDS_A_MINUTE))

    @cached_property
    def others(self) -> list[PolicyVersion]:
        """The rest of the set."""
        rows = PolicyVersion.objects.current_for(self.reader).exclude(policy=self.policy)
        return sorted(rows.select_related("policy"), key=lambda version: version.policy.label)


def read(reader: User, slug: str, number: int | None = None) -> Reading | None:
    """The policy `slug` in version `number`, or in its current one; None when `reader` has no such."""
    policy = PolicyPage.objects.visible_to(reader).filter(slug=slug).select_related("owner", "post").first()
    if policy is None:
        return None
    versions = list(policy.versions.all())
    shown = [each for each in versions if number in (None, each.number)]
    return Reading(policy, versions, shown[0], reader) if shown else None
