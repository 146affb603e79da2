"""Files that nobody needs go away by themselves."""

from __future__ import annotations

import time
from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from intranet.attachments import storing
from intranet.attachments.waiting import is_waited_for
from intranet.audit.holds import held_people
from intranet.content.files import Attachment
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.settings.product import ATTACHMENT_ORPHAN_DAYS

A_DAY = 24 * 60 * 60


@task()
@surface("shows nothing")
def sweep_orphans() -> int:
    """Forget files that were never posted and stand in no draft, then bytes without a row; how many went."""
    old = timezone.now() - timedelta(days=ATTACHMENT_ORPHAN_DAYS)
    gone = 0
    held = User.objects.filter(held_people())
    waiting = Attachment.objects.filter(post=None, created__lt=old).exclude(owner__in=held)
    for attachment in waiting.iterator():
        if is_waited_for(attachment):
            continue
        deleted, _rows = Attachment.objects.filter(pk=attachment.pk, post=None).delete()
        if deleted:
            storing.remove(attachment)
            gone += deleted
    return gone + _sweep_bytes()


def _sweep_bytes() -> int:
    """Remove files whose upload was never finished. Young ones stay: their row may be on its way."""
    young = time.time() - A_DAY
    left = {path for path in storing.stored() if path.stat().st_mtime < young}
    known = set(
        Attachment.objects.filter(public_id__in={path.name.partition(".")[0] for path in left}).values_list(
            "public_id", flat=True
        )
    )
    orphans = [path for path in left if path.name.partition(".")[0] not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
