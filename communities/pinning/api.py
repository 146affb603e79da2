"""Pinning for programs: the wanted state, safe to repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from communities.pinning import actions
from communities.pinning.models import Pin
from intranet.content.models import Post
from intranet.posting.api import WRITING, visible_post
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])


class PinWanted(Schema):
    """Whether the thread is to stand first, and until when; without `until` it stays until it is taken down."""

    pinned: bool
    until: datetime | None = None


class PinShape(Schema):
    id: str
    pinned: bool
    until: datetime | None


@router.put(
    "/threads/{slug:public_id}/pin",
    response={200: PinShape, **WRITING},
    summary="Pin a thread, or take it down",
)
@surface("a thread the reader may see in a community they moderate, through the gate")
def pin(request: HttpRequest, public_id: str, wanted: PinWanted) -> dict[str, Any]:
    """Let a thread stand first in its community until its end, or no longer."""
    thread = visible_post(request.user, public_id)
    if thread.root_id:
        raise Http404
    if wanted.pinned:
        actions.pin(actor=request.user, post=thread, until=wanted.until)
    else:
        actions.unpin(actor=request.user, post=thread)
    return _shape(thread)


def _shape(thread: Post) -> dict[str, Any]:
    held = Pin.objects.holding(timezone.now()).filter(post=thread).first()
    return {"id": thread.public_id, "pinned": held is not None, "until": held.until if held else None}
