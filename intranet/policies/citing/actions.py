"""What the owner of a policy says about citations of a clause that has changed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.moderation import gate
from intranet.people.models import User
from intranet.policies.citing.models import StaleCitation, Verdict


def settle(*, owner: User, citation: StaleCitation, outcome: str) -> StaleCitation:
    """Say that what cites the changed clause still stands, or ask who placed it to look again. Safe to repeat.

    Nothing is undone by this: whoever decided decides. Raises `Refused` for somebody who may not publish policies
    and for an unknown outcome.
    """
    if outcome not in Verdict.values:
        raise Refused(refuse("bad_outcome", _("Choose whether it still stands or is to be looked at again.")))
    policy = citation.changed_in.policy
    with transaction.atomic(), gate.permit(owner, Deed.PUBLISH, post=policy.post) as permit:
        fresh = StaleCitation.objects.select_for_update().get(pk=citation.pk)
        if fresh.outcome == outcome:
            return fresh
        fresh.outcome, fresh.settled_by, fresh.settled_at = outcome, permit.actor, timezone.now()
        fresh.save(update_fields=["outcome", "settled_by", "settled_at"])
        if outcome == Verdict.RECONSIDER:
            _ask_again(permit.actor, fresh)
        return fresh


def _ask_again(owner: User, citation: StaleCitation) -> None:
    """Tell whoever placed what cites the clause, where somebody did who can still look at it."""
    kind = citation.kind
    asked = kind.asked(citation.citing)
    if asked and kind.again:
        record(kind.again, owner, about=asked.person, post=asked.post, space=asked.space, ref=asked.ref)
