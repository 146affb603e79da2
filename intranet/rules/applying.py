"""Rules at the moment of writing: what they say of a text, and what follows from it, in the transaction of the deed.

A rule never decides about a person: it asks the writer, asks a moderator to look, or places a lock that its author
answers for. Whatever it does cites its clause, in the version that holds now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from intranet.access import visibility
from intranet.access.verdict import Refused
from intranet.content import voices
from intranet.content.kinds import PostState, SpaceKind
from intranet.content.models import Post, PostTag, Space
from intranet.content.tagging import tags_named
from intranet.moderation import gate, locks
from intranet.moderation.actions import report_by_rule
from intranet.moderation.kinds import Scope
from intranet.moderation.standing import held
from intranet.moderation.standing.edits import Why
from intranet.people.models import User
from intranet.policies.disclosures.requirements import asking_for
from intranet.policies.models import ClauseVersion
from intranet.rules import compiled
from intranet.rules.adding import REWRITING, added_by
from intranet.rules.facts import said_in, told_kinds
from intranet.rules.judging import Hit
from intranet.rules.kinds import RuleAction
from intranet.rules.models import Judgement
from intranet.settings.product import MAX_TAGS

Spoken = tuple[dict[str, Any], Hit]
"""A rule that speaks, as its version has it, and what it found."""


@dataclass(frozen=True)
class Ruling:
    """What the rules of one version said of one text."""

    permit: gate.Permit
    version: int | None = None
    hits: list[Spoken] = field(default_factory=list)
    fresh: list[Spoken] = field(default_factory=list)
    """Those that did not speak of what the post says now; of a new post all of them."""
    answerable: bool = True
    """Whether whoever writes can say what readers should know: not an editor of somebody else's post."""

    def with_action(self, *actions: str) -> list[Spoken]:
        """The rules with one of `actions` that speak anew."""
        return [(rule, hit) for rule, hit in self.fresh if rule["action"] in actions]

    @property
    def why_edit_waits(self) -> Why | None:
        """Why the edit is looked at before readers get it; None when it is not. Moderators are not held."""
        permit = self.permit
        out = permit.post is not None and permit.post.state == PostState.PUBLISHED
        if not out or self._sealed or self._decides_itself:
            return None
        for rule, hit in self.with_action(RuleAction.HOLD):
            return Why(in_force(rule["clause"]), rule["name"], hit.excerpt)
        return Why() if held.state_of_new(permit) == PostState.HELD else None

    @property
    def state_of_new(self) -> str:
        """`held` when a rule, or an arrangement of the place, wants the post looked at first. Moderators are not held."""
        state = held.state_of_new(self.permit)
        stops = self.with_action(RuleAction.HOLD)
        if stops and not self._decides_itself:
            return PostState.HELD
        return state

    @property
    def looked_at(self) -> Ruling:
        """The same for a text that a moderator has looked at: what spoke is noted, and nothing else follows."""
        return replace(self, fresh=[])

    def follow(self, post: Post) -> None:
        """Do what follows for `post`, just written, and note which version judged it."""
        if self.version is None:
            return
        for rule, hit in self.with_action(RuleAction.FLAG, *self._asked_in_vain):
            _flag(post, rule, hit)
        for rule, hit in self.with_action(RuleAction.LOCK):
            _lock(post, rule, hit)
        if post.root_id is None:
            _add_topics(post, [rule["then"] for rule, _hit in self.with_action(RuleAction.TAG)])
        Judgement.objects.create(
            post=post,
            revision=post.revision,
            version_id=self.version,
            hits=[_noted(rule, hit) for rule, hit in self.hits],
        )

    @property
    def _decides_itself(self) -> bool:
        """Whether who writes is who would look: moderators, and in a blog only those of the whole organisation, since
        everybody runs their own."""
        person, space = self.permit.actor, self.permit.space
        if space.kind == SpaceKind.BLOG:
            return person.moderates_everywhere
        return visibility.moderates_space(person, space)

    @property
    def _asked_in_vain(self) -> Sequence[str]:
        """Where a text can neither wait nor be answered for, a person looks."""
        return (
            *(() if self.answerable else (RuleAction.DISCLOSE,)),
            *((RuleAction.HOLD,) if self._sealed else ()),
        )

    @property
    def _sealed(self) -> bool:
        """Whether an edit is a sealed writer's: what waits would say whose it is."""
        post = self.permit.post
        return (
            self.permit.deed in REWRITING and post is not None and voices.sealed_for(self.permit.actor, post)
        )


def judge(
    permit: gate.Permit,
    columns: dict[str, object],
    *,
    tags: Collection[str] | None = None,
    disclosures: Collection[str] | None = None,
    at: datetime | None = None,
    answerable: bool = True,
) -> Ruling:
    """What the rules that hold now say of a text that `permit` lets somebody write; `columns` as `compose` gives them.

    Asked before anything is written: a post that is there is judged as it says now, and of an edit only what it adds
    counts. `answerable` says whether the writer can say what readers should know. Raises `Refused`
    (`disclosure_missing`) when a rule asks for a disclosure that is not there.
    """
    rules = compiled.current()
    if rules is None:
        return Ruling(permit)
    moment = at or timezone.now()
    said = said_in(permit, columns, rules, tags=tags, disclosures=disclosures, at=moment)
    hits = rules.speaking(said, permit.space)
    fresh = added_by(permit, hits, said, rules, moment) if permit.post and permit.deed in REWRITING else hits
    ruling = Ruling(permit, rules.version, hits, _unanswered(permit, fresh, disclosures), answerable)
    for rule, _hit in ruling.with_action(RuleAction.DISCLOSE) if answerable else ():
        raise Refused(asking_for(rule["then"], in_force(rule["clause"])))
    return ruling


def _unanswered(permit: gate.Permit, hits: list[Spoken], disclosures: Collection[str] | None) -> list[Spoken]:
    """`hits` without those that ask for a disclosure which is there."""
    if not any(rule["action"] == RuleAction.DISCLOSE for rule, _hit in hits):
        return hits
    told = set(told_kinds(permit, disclosures))
    return [
        (rule, hit) for rule, hit in hits if rule["action"] != RuleAction.DISCLOSE or rule["then"] not in told
    ]


def in_force(clause: int) -> ClauseVersion:
    """The clause as it stands now; the version that the rule was made with when it stands no more."""
    cited = ClauseVersion.objects.with_policy().get(pk=clause)
    today = ClauseVersion.objects.current().with_policy()
    return today.filter(version__policy=cited.version.policy_id, anchor=cited.anchor).first() or cited


def _noted(rule: dict[str, Any], hit: Hit) -> dict[str, Any]:
    return {"rule": rule["id"], "name": rule["name"], "action": rule["action"], "excerpt": hit.excerpt}


def _flag(post: Post, rule: dict[str, Any], hit: Hit) -> None:
    report_by_rule(post=post, clause=in_force(rule["clause"]), rule=rule["name"], note=hit.excerpt)


def _lock(post: Post, rule: dict[str, Any], hit: Hit) -> None:
    """Lock `post` in the name of who keeps the rule; where nobody can, moderators get a case.

    The permit of the writer already holds every lock that this one asks for, so the second one cannot wait.
    """
    keeper = _keeper(rule, post.space)
    try:
        locks.lock(
            actor=keeper or post.author,
            post=post,
            clause=in_force(rule["clause"]),
            scope=rule["then"] or Scope.ALL,
            rule=rule["name"],
        )
    except Refused:
        _flag(post, rule, hit)


def _keeper(rule: dict[str, Any], space: Space) -> User | None:
    """Who made the rule if they moderate `space`, else whoever runs it."""
    author = User.objects.filter(pk=rule["author"], is_active=True).first()
    if visibility.moderates_space(author, space):
        return author
    rows = space.memberships.filter(role__in=visibility.MODERATING_ROLES, person__is_active=True)
    member = rows.select_related("person").order_by("role", "pk").first()
    return member.person if member else None


def _add_topics(post: Post, names: Sequence[str]) -> None:
    """Add topics that rules name, as far as there is room beside those of the author."""
    room = MAX_TAGS - PostTag.objects.filter(post=post).count() if names else 0
    if room > 0:
        rows = [PostTag(post=post, tag=tag) for tag in tags_named(names, limit=room)]
        PostTag.objects.bulk_create(rows, ignore_conflicts=True)
