"""The rules that hold now, compiled once a process and version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intranet.content.models import Space
from intranet.moderation.cases.seams import set_rule_namer
from intranet.policies.kinds import in_readers_language
from intranet.rules.judging import Hit, Rule, RuleSet, Said
from intranet.rules.models import RuleSetVersion

CORE = ("id", "kind", "what", "limit", "tag", "newer_than")


@dataclass(frozen=True)
class Compiled:
    """One version of the rules: its facts as JSON by id, and the rules compiled together."""

    version: int
    made: datetime
    facts: dict[int, dict[str, Any]]
    rules: RuleSet
    kinds: frozenset[str]
    topics: bool

    def speaking(self, said: Said, space: Space | None) -> list[tuple[dict[str, Any], Hit]]:
        """The rules for everywhere and for `space` that speak of `said`, each with what it found."""
        places = {None, space.pk if space else None}
        hits = self.rules.judge(said)
        return [(self.facts[hit.rule], hit) for hit in hits if self.facts[hit.rule]["space"] in places]


_kept: dict[str, Compiled] = {}
"""The version that was compiled last. Two threads that compile the same one at the same moment do no harm."""


def current() -> Compiled | None:
    """The rules that hold now; None when there never were any. One query, two after a change."""
    latest = RuleSetVersion.objects.order_by("-number").values_list("pk", "at").first()
    if latest is None:
        return None
    kept = _kept.get("rules")
    if kept is None or (kept.version, kept.made) != latest:
        kept = _kept["rules"] = _compile(RuleSetVersion.objects.get(pk=latest[0]))
    return kept


def _compile(version: RuleSetVersion) -> Compiled:
    facts = {each["id"]: each for each in version.rules}
    rules = [Rule(**{name: each[name] for name in CORE}) for each in version.rules]
    return Compiled(
        version=version.pk,
        made=version.at,
        facts=facts,
        rules=RuleSet(rules),
        kinds=frozenset(rule.kind for rule in rules),
        topics=any(rule.tag for rule in rules),
    )


@set_rule_namer
def called(name: str) -> str:
    """What the rule `name` is called in the reader's language, as far as this process knows; `name` when it is off."""
    rules = _kept.get("rules") or current()
    for facts in rules.facts.values() if rules else ():
        if facts["name"] == name:
            return in_readers_language(name, facts["name_he"])
    return name
