"""A copy of everything that is held about a person: asked for, made in the background, fetched once or more, gone in a week."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.audit import trail
from intranet.keeping import packing
from intranet.keeping.models import Takeout
from intranet.people.models import User
from intranet.runtime.tasks import enqueue_once
from intranet.settings.product import KEEP_TAKEOUTS, TAKEOUTS_A_DAY


@transaction.atomic
def request_takeout(*, actor: User, person: User, reason: str = "") -> Takeout:
    """Ask for a copy of what is held about `person`: oneself, or anybody for an administrator. Raises `Refused`.

    One that is being made, or is ready, is returned instead of a second.
    """
    if actor.pk != person.pk and not actor.administers:
        raise Refused(refuse("not_admin", _("You can take a copy of your own data.")))
    User.objects.select_for_update().get(pk=person.pk)
    now = timezone.now()
    mine = Takeout.objects.filter(person=person, requested_by=actor)
    waiting = mine.filter(ready_at=None, requested_at__gt=now - timedelta(hours=1)).first()
    if waiting:
        return waiting
    if mine.filter(requested_at__gt=now - timedelta(days=1)).count() >= TAKEOUTS_A_DAY:
        raise Refused(refuse("too_many", _("There were copies today already. Fetch one of those.")))
    takeout = Takeout.objects.create(person=person, requested_by=actor, reason=reason)
    trail.write("takeout_requested", actor, about=person, reason=reason)
    from intranet.keeping.tasks import make_takeout  # the task module imports this one

    enqueue_once(make_takeout, takeout.pk)
    return takeout


def make(takeout: Takeout) -> None:
    """Make the file, whole or not at all. Made already, it is left as it is."""
    if takeout.ready_at:
        return
    takeout.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=takeout.path.parent, suffix=".part", delete=False) as stream:
        packing.pack(takeout.person, takeout.requested_by, stream)
    Path(stream.name).replace(takeout.path)
    takeout.size = takeout.path.stat().st_size
    takeout.ready_at = timezone.now()
    takeout.expires_at = takeout.ready_at + KEEP_TAKEOUTS
    takeout.save(update_fields=["size", "ready_at", "expires_at"])
