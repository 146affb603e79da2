"""The knowledge manager's desk in the side navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.people.models import User
from intranet.ui.frame import Place, provides
from kms.network.actions import may_read_reports


@provides("desks")
def network_desk(person: User) -> list[Place]:
    """The network report, for those who may read it."""
    if not may_read_reports(person):
        return []
    return [Place(_("Network report"), "/km/network/", "waypoints", roots=("/km/network/",))]
