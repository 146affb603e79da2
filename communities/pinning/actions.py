"""Putting a thread on top of its community, and taking it down."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.pinning.models import Pin
from communities.verbs import PINNED, UNPINNED
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import THREAD_KINDS, PostState
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import PINS_AT_ONCE


def pin(*, actor: User, post: Post, until: datetime | None = None) -> Pin:
    """Let the thread `post` stand first until `until`. A thread that is pinned gets the new end.

    Raises `Refused` for who does not moderate there, an end that has passed, and one thread too many.
    """
    now = timezone.now()
    with gate.permit(actor, Deed.MANAGE, space=post.space, whole_space=True) as permit:
        fresh = Post.objects.get(pk=post.pk)
        if fresh.root_id or fresh.kind not in THREAD_KINDS or fresh.state != PostState.PUBLISHED:
            raise Refused(refuse("bad_pin", _("Choose a published thread of this community.")))
        if until and until <= now:
            raise Refused(refuse("bad_end", _("The end is in the past.")))
        others = Pin.objects.filter(space=permit.space).holding(now).exclude(post=fresh)
        if others.count() >= PINS_AT_ONCE:
            raise Refused(
                refuse("too_many_pins", _("Four threads are pinned already: take one of them down first."))
            )
        held, _made = Pin.objects.update_or_create(
            post=fresh, defaults={"space": permit.space, "by": permit.actor, "until": until, "pinned": now}
        )
        record(PINNED, permit.actor, post=fresh, until=until.isoformat() if until else "")
        return held


def unpin(*, actor: User, post: Post) -> None:
    """Take the thread `post` down; one that is not pinned stays as it is."""
    with gate.permit(actor, Deed.MANAGE, space=post.space) as permit:
        gone, _rows = Pin.objects.filter(post=post, space=permit.space).delete()
        if gone:
            record(UNPINNED, permit.actor, post=post)
