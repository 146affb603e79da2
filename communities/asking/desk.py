"""The way to requests about sealed names, for those who decide about them."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.asking.opening import may_open, requests_for
from intranet.people.models import User
from intranet.ui.frame import Place, provides


@provides("desks")
def sealed_names(person: User) -> list[Place]:
    """Requests of others that wait for a second person, while there are any."""
    if not may_open(person):
        return []
    count = requests_for(person).filter(settled_at=None).exclude(asked_by=person).count()
    if not count:
        return []
    return [
        Place(
            _("Sealed names"),
            reverse_lazy("communities:sealed_waiting"),
            "key-round",
            ("/sealed/requests/",),
            count,
        )
    ]
