"""What waits for an administrator on the home page: holds and erasures that want a second person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.audit.models import LegalHold
from intranet.keeping.models import Erasure
from intranet.people.models import User
from intranet.ui.frame import Errand, provides


@provides("errands")
def second_person(person: User) -> list[Errand]:
    """Holds and erasures for which somebody else asked. Only administrators are asked, so only they cost queries."""
    if not person.administers:
        return []
    why = _("Waits for a second administrator")
    holds = LegalHold.objects.waiting().exclude(requested_by=person)
    ends = LegalHold.objects.holding().exclude(release_asked_by=None).exclude(release_asked_by=person)
    erasures = Erasure.objects.filter(settled_at=None).exclude(requested_by=person).exclude(person=person)
    found = [
        (_("A legal hold was asked for"), "keeping:holds", holds),
        (_("The end of a legal hold was asked for"), "keeping:holds", ends),
        (_("The erasure of a person was asked for"), "keeping:people", erasures),
    ]
    return [Errand(why, title, reverse(name), "scale") for title, name, rows in found if rows.exists()]
