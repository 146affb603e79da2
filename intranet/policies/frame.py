"""What the frame of every page shows of policies."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from intranet.people.models import User
from intranet.policies.acknowledging.due import how_many_due
from intranet.policies.citing.models import StaleCitation
from intranet.policies.roots import ROLES
from intranet.ui.frame import Place, provides


@provides("policies_due")
def policies_due(person: User) -> int:
    """How many policies wait for the person to read them."""
    return how_many_due(person)


@provides("desks")
def policy_desk(person: User) -> list[Place]:
    """The way to what waits for those who own policies."""
    if not person.has_role(*ROLES):
        return []
    waiting = StaleCitation.objects.waiting().count()
    address = reverse_lazy("policies:care")
    return [Place(_("Policy care"), address, "scale", roots=("/policies/care/",), count=waiting)]
