"""Rights that are used only by those who have read what they rest on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.people.models import User
from intranet.policies.acknowledging.due import with_validity
from intranet.policies.models import PolicyVersion


def unread_for(person: User, right: str) -> PolicyVersion | None:
    """The first policy that `person` has to acknowledge before using `right`, or None."""
    asked = PolicyVersion.objects.current_for(person).filter(policy__rights__right=right)
    waiting = with_validity(asked, person.pk).filter(has_read=False)
    return waiting.select_related("policy").order_by("policy_id").first()


def has_right(person: User, right: str) -> Verdict:
    """Whether `person` has read what `right` rests on; a refusal names the policy and leads to it."""
    version = unread_for(person, right)
    if version is None:
        return ALLOWED
    message = _("Read and acknowledge “%(policy)s”, version %(version)s, first.") % {
        "policy": version.policy.label,
        "version": version.number,
    }
    return refuse(
        "not_acknowledged",
        message,
        url=version.policy.reading_url,
        policy=version.policy.label,
        clause=_("Read it now"),
    )


def require(person: User, right: str) -> None:
    """Raise `Refused` unless `person` has read what `right` rests on."""
    verdict = has_right(person, right)
    if not verdict:
        raise Refused(verdict)
