"""The rules that come with the product. Each cites a clause of the policies that come with it."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from intranet.people.models import User
from intranet.policies.naming import clause_named
from intranet.rules import actions
from intranet.rules.kinds import RuleAction, RuleKind
from intranet.rules.models import Rule

STARTER: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Telephone numbers and e-mail addresses",
        "name_he": "מספרי טלפון וכתובות דוא״ל",
        "kind": RuleKind.PERSONAL,
        "what": "phone email",
        "action": RuleAction.HINT,
        "clause": "writing-at-work#customers-data",
    },
    {
        "name": "Identity numbers, payment cards and bank accounts",
        "name_he": "מספרי זהות, כרטיסי אשראי וחשבונות בנק",
        "kind": RuleKind.PERSONAL,
        "what": "id card iban",
        "action": RuleAction.HOLD,
        "clause": "writing-at-work#customers-data",
    },
    {
        "name": "Many links from somebody new",
        "name_he": "קישורים רבים ממי שהגיע לא מזמן",
        "kind": RuleKind.LINKS,
        "limit": 3,
        "newer_than": 14,
        "action": RuleAction.HOLD,
        "clause": "communities-terms#right-place",
    },
    {
        "name": "More than twenty posts in an hour",
        "name_he": "יותר מעשרים פוסטים בשעה",
        "kind": RuleKind.VOLUME,
        "limit": 20,
        "action": RuleAction.FLAG,
        "clause": "communities-terms#noise",
    },
)


def missing() -> list[dict[str, Any]]:
    """The starter rules that are not here yet. One query."""
    known = set(Rule.objects.filter(space=None).values_list("name", flat=True))
    return [facts for facts in STARTER if facts["name"] not in known]


def add_starter(actor: User) -> list[Rule]:
    """Add those that are missing and whose clause is published. Safe to repeat. Raises `Refused`."""
    added = []
    with transaction.atomic():
        for facts in missing():
            if clause := clause_named(facts["clause"]):
                added.append(actions.add(actor=actor, **(facts | {"clause": clause})))
    return added
