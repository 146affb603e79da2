"""Adding, changing and switching rules. Each change makes the next version of the whole set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.policies.acknowledging.rights import require
from intranet.policies.kinds import DisclosureKind, Right
from intranet.policies.models import ClauseVersion
from intranet.rules import patterns, personal
from intranet.rules.kinds import WITH_TEXT, Change, RuleAction, RuleKind
from intranet.rules.models import Rule, RuleSetVersion
from intranet.rules.verbs import RULE_ADDED, RULE_CHANGED, RULE_SWITCHED
from intranet.text.tokens import terms

VERSION_LOCK = 7303
BAD_PATTERNS = {
    "empty": _("Write a pattern."),
    "too_long": _("This pattern is too long to be read again. Make two rules of it."),
    "not_a_pattern": _(
        "This is no pattern that RE2 understands. It knows no look-ahead, no look-behind and no references back."
    ),
    "matches_nothing_said": _("This pattern matches an empty text, so it would speak of everything."),
}


@contextmanager
def _keeping(actor: User, space: Space | None) -> Iterator[None]:
    """The transaction in which `actor` changes rules for `space` or for everywhere; one at a time. Or `Refused`."""
    if space is not None:
        with gate.permit(actor, Deed.DECIDE, space=space):
            yield
        return
    if not actor.moderates_everywhere or actor.is_suspended or not actor.is_active:
        words = _("Rules for everywhere are kept by moderators of the whole organisation.")
        raise Refused(refuse("not_moderator", words))
    require(actor, Right.MODERATE)
    with transaction.atomic():
        yield


def check(rule: Rule) -> None:
    """Refuse a rule that could not be used: an unreadable pattern, words without letters, an action without its part."""
    problem = _bad_what(rule) or _bad_then(rule)
    if problem:
        raise Refused(refuse("bad_rule", problem))


def _bad_what(rule: Rule) -> Any:
    if rule.kind == RuleKind.PATTERN:
        try:
            patterns.check(rule.what)
        except patterns.BadPattern as bad:
            return BAD_PATTERNS[str(bad)]
    if rule.kind in WITH_TEXT and not rule.what.strip():
        return _("Say what the rule looks for.")
    if rule.kind == RuleKind.WORDS and not any(terms(line) for line in rule.what.splitlines()):
        return _("These words are so common that they would be found nowhere or everywhere.")
    if rule.kind == RuleKind.PERSONAL and not set(rule.what.split()) <= set(personal.KINDS):
        return _("Choose kinds of personal data from the list.")
    if rule.kind == RuleKind.DISCLOSURE and rule.what not in DisclosureKind.values:
        return _("Choose a disclosure from the list.")
    if rule.measures and rule.kind != RuleKind.LINKS and not rule.limit:
        return _("Say where the limit is.")
    return None


def _bad_then(rule: Rule) -> Any:
    if rule.action == RuleAction.TAG and not rule.then.strip():
        return _("Say which topic to add.")
    if rule.action == RuleAction.DISCLOSE and rule.then not in DisclosureKind.values:
        return _("Choose which disclosure to ask for.")
    return None


def add(*, actor: User, clause: ClauseVersion, space: Space | None = None, **facts: Any) -> Rule:
    """Add a rule for `space`, or for everywhere; `facts` are fields of `Rule`. Raises `Refused`."""
    rule = Rule(clause=clause, space=space, author=actor, **facts)
    check(rule)
    with _keeping(actor, space):
        _take_turn()
        _check_name(rule)
        rule.save()
        _next_version(actor, rule, Change.ADDED, {}, _shown(rule))
        record(RULE_ADDED, actor, space=space, rule=rule.pk)
        return rule


def change(*, actor: User, rule: Rule, **wanted: Any) -> Rule:
    """Make the fields of `rule` be `wanted`; nothing changes, and no version is made, when they are. Raises `Refused`."""
    with _keeping(actor, rule.space):
        _take_turn()
        fresh = Rule.objects.select_related("space").get(pk=rule.pk)
        before = _shown(fresh)
        for name, value in wanted.items():
            setattr(fresh, name, value)
        after = _shown(fresh)
        if after == before:
            return fresh
        check(fresh)
        _check_name(fresh)
        fresh.author = actor
        fresh.save()
        changed = [name for name in after if after[name] != before[name]]
        kept = ({name: before[name] for name in changed}, {name: after[name] for name in changed})
        _next_version(actor, fresh, Change.CHANGED, *kept)
        record(RULE_CHANGED, actor, space=fresh.space, rule=fresh.pk)
        return fresh


def switch(*, actor: User, rule: Rule, on: bool) -> Rule:
    """Make `rule` be on or off. Safe to repeat. Raises `Refused`."""
    with _keeping(actor, rule.space):
        _take_turn()
        fresh = Rule.objects.select_related("space").get(pk=rule.pk)
        if fresh.on == on:
            return fresh
        fresh.on = on
        fresh.save(update_fields=["on"])
        _next_version(actor, fresh, Change.SWITCHED_ON if on else Change.SWITCHED_OFF, {}, {})
        record(RULE_SWITCHED, actor, space=fresh.space, rule=fresh.pk, on=on)
        return fresh


def _take_turn() -> None:
    """Wait for who else is changing rules: versions are numbered without a gap and hold all rules."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERSION_LOCK])


def _check_name(rule: Rule) -> None:
    if Rule.objects.filter(space=rule.space, name=rule.name).exclude(pk=rule.pk).exists():
        raise Refused(refuse("bad_rule", _("There is a rule with this name already. Choose another one.")))


def _shown(rule: Rule) -> dict[str, Any]:
    """What of a rule a change shows."""
    facts = {name: getattr(rule, name) for name in Rule.FACTS if name != "on"}
    return facts | {"clause": f"{rule.clause.name}, v{rule.clause.version.number}"}


def _next_version(
    actor: User, rule: Rule, change: str, before: dict[str, Any], after: dict[str, Any]
) -> RuleSetVersion:
    latest = RuleSetVersion.objects.values_list("number", flat=True).first() or 0
    return RuleSetVersion.objects.create(
        number=latest + 1,
        rules=[each.facts() for each in Rule.objects.filter(on=True).order_by("pk")],
        rule=rule,
        space=rule.space,
        change=change,
        name=rule.name,
        before=before,
        after=after,
        by=actor,
    )
