"""What policies ask of those who write. The gate takes these checks without knowing whose they are."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Verdict, refuse
from intranet.moderation.gate import Permit, add_check
from intranet.policies.models import Acknowledgement, PolicyVersion

MODERATION = "moderation-and-appeals"
"""The policy that whoever decides about others' posts has read."""


@add_check
def moderation_is_read(permit: Permit) -> Verdict:
    """Deciding needs the current version of the moderation policy acknowledged, where the settings ask for it."""
    if permit.deed != Deed.DECIDE or not settings.MODERATORS_ACKNOWLEDGE:
        return ALLOWED
    current = PolicyVersion.objects.filter(policy__slug=MODERATION, policy__live=True).first()
    if not current or Acknowledgement.objects.filter(person=permit.actor, version=current).exists():
        return ALLOWED
    message = _("Read and acknowledge “%(policy)s”, version %(version)s, before deciding.") % {
        "policy": current.policy.label,
        "version": current.number,
    }
    return refuse("not_acknowledged", message)
