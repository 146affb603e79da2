"""Who may speak for whom in the demo organisation, what must be disclosed there, and a policy that has just changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from intranet.demo.documents import REVIEW
from intranet.demo.records import Content, Policy
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from intranet.policies.acknowledging.models import RightNeed
from intranet.policies.actions import publish_policy
from intranet.policies.disclosures.mandates import give, units_spoken_for
from intranet.policies.disclosures.models import Requirement
from intranet.policies.kinds import DisclosureKind, Right
from intranet.policies.models import PolicyPage

OWNER = "ronit"
CHANGED, CLAUSE = "communities-terms", "safety-first"
"""The policy that has just changed, and the clause: in English first, as it happens."""
AGO = timedelta(days=2)
ADDED = "A photograph of the safe position belongs to it."
WHY_EN = "Clause 4 now asks for a photograph of the safe position."
WHY_HE = "סעיף 4 מבקש עכשיו גם תצלום של המצב הבטוח."


def give_mandates(content: Content, people: Mapping[str, User], units: Mapping[str, OrgUnit]) -> None:
    """Give a mandate to whoever announces for a unit without leading it."""
    for thread in content.threads.values():
        if not thread.on_behalf:
            continue
        speaker, unit = people[thread.by], units[thread.on_behalf]
        if not units_spoken_for(speaker).filter(pk=unit.pk).exists():
            give(giver=people[OWNER], person=speaker, unit=unit, note="Announcements of the unit")


def ask_for_more(content: Content, people: Mapping[str, User], now: datetime) -> None:
    """Let moderating wait for its policy, ask guests for their interest, and change a clause that locks cite."""
    RightNeed.objects.bulk_create(
        RightNeed(right=Right.MODERATE, policy=policy)
        for policy in PolicyPage.objects.filter(slug="moderation-and-appeals")
    )
    Requirement.objects.create(
        kind=DisclosureKind.INTEREST,
        role=Role.GUEST,
        why="Partners say what they have to gain, and are read with more trust for it.",
        why_he="שותפים אומרים מה יש להם להרוויח, ולכן קוראים אותם באמון רב יותר.",
        made_by=people[OWNER],
    )
    if policy := content.policies.get(CHANGED):
        _change(policy, people[OWNER], now)


def _change(policy: Policy, owner: User, now: datetime) -> None:
    """Publish the policy once more with a longer clause in English; its Hebrew has not followed yet."""
    publish_policy(
        owner=owner,
        slug=policy.starter.slug,
        title=policy.starter.title,
        what_changed=WHY_EN,
        what_changed_he=WHY_HE,
        review_date=(now + REVIEW).date(),
        clauses=[
            {**clause, "text_en": clause["text_en"].replace("\n\n", f" {ADDED}\n\n", 1)}
            if clause["anchor"] == CLAUSE
            else clause
            for clause in policy.starter.clauses
        ],
        questions=policy.starter.questions,
        at=now - AGO,
        **policy.starter.columns,
    )
