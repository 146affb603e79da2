"""The inbox, for programs: one line a thread, as on the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from intranet.notify.actions import see
from intranet.notify.digests import choose
from intranet.notify.frame import unseen
from intranet.notify.models import Digest, Notification, Rhythm
from intranet.notify.reading import Line, lines
from intranet.posting.api import READING, REFUSALS, Number
from intranet.runtime.surfaces import surface

router = Router(tags=["following"])


class InboxLine(Schema):
    """What I was told: the words of the page, of what kind the latest deed was, how much of it is new."""

    id: int
    words: str
    verb: str
    unseen: int
    total: int
    post: str | None
    community: str | None
    at: datetime


class InboxPage(Schema):
    items: list[InboxLine]
    next: str | None
    unseen: int


class MailShape(Schema):
    """When what I have not seen comes by mail."""

    rhythm: Rhythm


class InboxSeen(Schema):
    """How many notices are left that I have not seen."""

    unseen: int


def _shape(line: Line) -> dict[str, Any]:
    event = line.notification.event
    return {
        "id": line.notification.pk,
        "words": str(line.words),
        "verb": event.verb,
        "unseen": line.unseen,
        "total": line.total,
        "post": event.post.public_id if event.post else None,
        "community": event.space.slug if event.space else None,
        "at": line.notification.created,
    }


@router.get("/inbox", response={200: InboxPage, **READING}, summary="What I was told")
@surface("notifications of the reader about posts they may see now")
def inbox(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """One line a thread, the latest news first; `unseen` counts notices over all pages."""
    found = lines(Notification.objects.visible_to(request.user), request.user, cursor)
    return {
        "items": [_shape(line) for line in found],
        "next": found.next or None,
        "unseen": unseen(request.user),
    }


@router.put("/inbox/seen", response={200: InboxSeen, **REFUSALS}, summary="Mark everything as seen")
@surface("the reader's own notifications")
def see_everything(request: HttpRequest) -> dict[str, int]:
    """Mark all that I was told as seen."""
    see(person=request.user)
    return {"unseen": unseen(request.user)}


@router.put("/inbox/{int:pk}/seen", response={200: InboxSeen, **REFUSALS}, summary="Mark one line as seen")
@surface("the reader's own notification of a post they may see")
def see_line(request: HttpRequest, pk: Number) -> dict[str, int]:
    """Mark all that one line tells as seen."""
    mine = Notification.objects.visible_to(request.user).select_related("event__post")
    see(person=request.user, notification=get_object_or_404(mine, pk=pk))
    return {"unseen": unseen(request.user)}


@router.get("/inbox/mail", response={200: MailShape, **READING}, summary="When mail comes")
@surface("the reader's own choice")
def mail(request: HttpRequest) -> dict[str, Any]:
    """How often what I have not seen is sent to me."""
    kept = Digest.objects.filter(person=request.user).first()
    return {"rhythm": kept.rhythm if kept else Rhythm.NEVER}


@router.put("/inbox/mail", response={200: MailShape, **REFUSALS}, summary="Choose when mail comes")
@surface("the reader's own choice")
def choose_mail(request: HttpRequest, wanted: MailShape) -> dict[str, Any]:
    """Send me what I have not seen in this rhythm; what was told before is not sent."""
    return {"rhythm": choose(person=request.user, rhythm=wanted.rhythm).rhythm}
