"""Rules that ask for a disclosure: by community, topic, word and role."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.models import Post
from intranet.policies.disclosures.models import Disclosure, Requirement
from intranet.policies.kinds import DENIED, DisclosureKind
from intranet.policies.matching import mentions
from intranet.policies.models import ClauseVersion

POLICY = "disclosures"
CLAUSES = {
    DisclosureKind.ROLE: "role",
    DisclosureKind.INTEREST: "interest",
    DisclosureKind.ON_BEHALF: "on-behalf",
    DisclosureKind.AI_ASSISTED: "ai-assisted",
    DisclosureKind.OUTSIDE: "outside-source",
}
"""Anchors of the clauses in the policy `disclosures` that ask for each kind, where an organisation has that policy."""


def clause_for(kind: str) -> ClauseVersion | None:
    """The clause that asks for disclosures of `kind`: what a flag for a missing one cites."""
    clauses = ClauseVersion.objects.current().with_policy()
    return clauses.filter(version__policy__slug=POLICY, anchor=CLAUSES[DisclosureKind(kind)]).first()


def asked_of(post: Post) -> list[Requirement]:
    """The rules that hold for `post`: each of their conditions does. One query, two with rules about topics."""
    rules = Requirement.objects.filter(
        Q(space=None) | Q(space=post.space_id), Q(role="") | Q(role__in=post.author.roles), ended_at=None
    )
    found = list(rules)
    topics: Collection[int] = ()
    if any(rule.tag_id for rule in found):
        topics = set(post.thread.tags.values_list("pk", flat=True))
    text = f"{post.title}\n{post.text}"
    return [
        rule
        for rule in found
        if (not rule.tag_id or rule.tag_id in topics) and (not rule.words or mentions(text, rule.words))
    ]


def missing_from(post: Post) -> list[Requirement]:
    """The rules that hold for `post` and that its disclosures do not meet."""
    rules = asked_of(post)
    if not rules:
        return []
    told = set(Disclosure.objects.filter(post=post).values_list("kind", flat=True))
    return [rule for rule in rules if rule.kind not in told]


def check(post: Post) -> None:
    """Refuse `post`, which is being written, when a rule asks for a disclosure that it does not carry."""
    for rule in missing_from(post):
        raise Refused(asking_for(rule.kind, clause_for(rule.kind), rule.reason))


def asking_for(kind: str, clause: ClauseVersion | None, reason: str = "") -> Verdict:
    """The refusal of a post that says nothing about `kind`: what to mark, why, and where it is written."""
    label, denied = DisclosureKind(kind).label, DENIED[kind]
    sentence = _("Readers need to know one more thing here. Mark “%(kind)s”, or “%(denied)s”.")
    return refuse(
        "disclosure_missing",
        sentence % {"kind": label, "denied": denied} + (f" {reason}" if reason else ""),
        kind=kind,
        denied=str(denied),
        **(_where(clause) if clause else {}),
    )


def _where(clause: ClauseVersion) -> dict[str, str]:
    return {
        "url": clause.get_absolute_url(),
        "policy": clause.version.policy.label,
        "clause": clause.number,
    }
