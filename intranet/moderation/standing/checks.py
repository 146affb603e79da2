"""What the arrangements of a place ask of those who write there. The gate asks these after its own checks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Verdict, refuse
from intranet.content.models import Post
from intranet.moderation.models import Closure, Standing

if TYPE_CHECKING:
    from intranet.moderation.gate import Permit


def thread_is_open(permit: Permit) -> Verdict:
    """A thread that was closed because it is old or solved takes no replies, except from who runs the place."""
    if permit.deed != Deed.REPLY or permit.root is None:
        return ALLOWED
    closed = Closure.objects.filter(post=permit.root, reopened_at=None).first()
    if closed is None or visibility.moderates_space(permit.actor, permit.space):
        return ALLOWED
    return refuse("closed", said_of(closed))


def said_of(closed: Closure) -> str:
    """Why a thread is closed and what one can do now."""
    if closed.solved:
        words = ngettext(
            "This question was solved and quiet for %(days)s day, so it was closed. Start a new one and link to it.",
            "This question was solved and quiet for %(days)s days, so it was closed. Start a new one and link to it.",
            closed.days,
        )
    else:
        words = ngettext(
            "This thread was quiet for %(days)s day, so it was closed. Start a new one and link to it.",
            "This thread was quiet for %(days)s days, so it was closed. Start a new one and link to it.",
            closed.days,
        )
    return words % {"days": closed.days}


def slow_mode(permit: Permit) -> Verdict:
    """Where slow mode is on, one waits between two posts in the same place. Those who run it do not."""
    if permit.deed not in (Deed.START, Deed.REPLY) or visibility.moderates_space(permit.actor, permit.space):
        return ALLOWED
    seconds = (
        Standing.objects.filter(space=permit.space, slow_seconds__gt=0)
        .values_list("slow_seconds", flat=True)
        .first()
    )
    if not seconds:
        return ALLOWED
    latest = (
        Post.objects.filter(author=permit.actor, space=permit.space)
        .order_by("-created")
        .values_list("created", flat=True)
        .first()
    )
    ready = latest and latest + timedelta(seconds=seconds)
    if not ready or ready <= timezone.now():
        return ALLOWED
    message = _("This place is in slow mode. You can write again at %(time)s. Your text is kept.") % {
        "time": f"{timezone.localtime(ready):%H:%M:%S}"
    }
    return refuse("slow_mode", message)
