"""What the pages of policies show, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Q

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.acknowledging.due import people_asked, with_validity
from intranet.policies.comparing import Change, changes
from intranet.policies.kinds import Aim, Audience
from intranet.policies.models import Acknowledgement, ClauseVersion, PolicyPage, PolicyVersion

WORDS_A_MINUTE = 180
"""Rules are read slowly."""


@dataclass(frozen=True)
class Group:
    """The policies of one aim."""

    label: str
    versions: list[PolicyVersion]


def by_aim(reader: User, audience: str = "", aim: str = "") -> list[Group]:
    """The current versions that `reader` sees, by what they are for; each knows whether the reader `has_read` it."""
    rows = with_validity(PolicyVersion.objects.current_for(reader), reader.pk)
    rows = rows.select_related("policy").annotate(size=Count("clauses"))
    if audience in Audience.values:
        rows = rows.filter(policy__audience=audience)
    versions = sorted(rows, key=lambda version: version.policy.label)
    groups = [
        Group(label, [version for version in versions if version.policy.aim == value])
        for value, label in Aim.choices
        if aim in ("", value)
    ]
    return [group for group in groups if group.versions]


def for_writers(reader: User) -> list[PolicyVersion]:
    """What helps and protects whoever writes, for the side of an editor."""
    rows = PolicyVersion.objects.current_for(reader).filter(
        policy__audience__in=(Audience.WRITERS, Audience.EVERYONE)
    )
    return list(rows.select_related("policy").order_by("policy__audience", "policy__title"))


def locks_seen(reader: User) -> Q:
    """Locks on posts that `reader` sees and on places that they know; never those on a person."""
    spaces = Space.objects.filter(visibility.spaces_seen_by(reader))
    return Q(post=None, person=None, space__in=spaces) | (
        Q(post__isnull=False) & visibility.posts_seen_by(reader, "post__")
    )


def locks_by_anchor(policy: PolicyPage, reader: User) -> dict[str, int]:
    """How many locks rest on each clause, through all versions, of those that `reader` sees."""
    rows = Lock.objects.filter(locks_seen(reader), clause__version__policy=policy)
    return dict(rows.values_list("clause__anchor").annotate(Count("pk", distinct=True)))


@dataclass
class Reading:
    """One version of a policy as one person reads it."""

    policy: PolicyPage
    versions: list[PolicyVersion]
    version: PolicyVersion
    reader: User
    against: PolicyVersion | None = None
    clauses: list[ClauseVersion] = field(init=False)

    def __post_init__(self) -> None:
        self.against = self.against or self.previous
        shown = [self.version, *([self.against] if self.against else [])]
        rows = list(ClauseVersion.objects.filter(version__in=shown))
        self.clauses = [clause for clause in rows if clause.version_id == self.version.pk]
        self.before = [clause for clause in rows if clause.version_id != self.version.pk]
        changed = {change.anchor for change in self.changes}
        cited = locks_by_anchor(self.policy, self.reader)
        for clause in self.clauses:
            clause.changed = self.against == self.previous and clause.anchor in changed
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
        """What differs from the version it is compared with, by default the one before; nothing for the first."""
        return changes(self.before, self.clauses) if self.against else []

    @cached_property
    def acknowledged(self) -> dict[int, Acknowledgement]:
        """What the reader acknowledged of this policy, by version number."""
        rows = Acknowledgement.objects.filter(person=self.reader, version__policy=self.policy)
        return {row.version.number: row for row in rows.select_related("version")}

    @property
    def mine(self) -> Acknowledgement | None:
        return self.acknowledged.get(self.version.number)

    @cached_property
    def has_read(self) -> bool:
        """Whether the reader holds an acknowledgement that still counts."""
        return with_validity(PolicyVersion.objects.filter(pk=self.version.pk), self.reader.pk).get().has_read

    @property
    def behind(self) -> list[ClauseVersion]:
        """The clauses of which one language has not followed the other."""
        return [clause for clause in self.clauses if clause.lags]

    @property
    def my_last(self) -> Acknowledgement | None:
        """My acknowledgement of the newest version that I read before this one."""
        return self.acknowledged.get(max(self.acknowledged, default=0))

    @cached_property
    def readers(self) -> int:
        """How many people of its audience have read it, as far as it asks for that."""
        return people_asked(self.version).filter(has_read=True).count()

    @cached_property
    def people(self) -> int:
        """How many people it is for."""
        return people_asked(self.version).count()

    @property
    def minutes(self) -> int:
        words = sum(len(clause.text.split()) for clause in self.clauses)
        return max(1, round(words / WORDS_A_MINUTE))

    @cached_property
    def others(self) -> list[PolicyVersion]:
        """The rest of the set."""
        rows = PolicyVersion.objects.current_for(self.reader).exclude(policy=self.policy)
        return sorted(rows.select_related("policy"), key=lambda version: version.policy.label)


def read(reader: User, slug: str, number: int | None = None, against: int | None = None) -> Reading | None:
    """The policy `slug` in version `number`, or in its current one, compared with version `against`.

    None when `reader` has no such policy or version. Without `against` it is compared with the version before.
    """
    policy = PolicyPage.objects.visible_to(reader).filter(slug=slug).select_related("owner", "post").first()
    if policy is None:
        return None
    versions = list(policy.versions.all())
    shown = [each for each in versions if number in (None, each.number)]
    other = [each for each in versions if each.number == against]
    if not shown or (against is not None and not other):
        return None
    return Reading(policy, versions, shown[0], reader, other[0] if other else None)
