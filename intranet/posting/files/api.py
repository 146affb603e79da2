"""Files for programs: upload one, name it in a text as its `markdown`, list those of a post, fetch one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import StringConstraints

from intranet.attachments.actions import upload
from intranet.attachments.views import answer
from intranet.content.files import Attachment
from intranet.content.models import Space
from intranet.posting.api import READING, REFUSALS, visible_post
from intranet.posting.shapes import LockedProblem
from intranet.runtime.surfaces import surface

router = Router(tags=["attachments"])

Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[\w-]*$")]

EMPTY = Form("")
"""A field of the form that may be left out."""


class AttachmentShape(Schema):
    """A file. `markdown` stands in the text that shows it; `post` is null until such a text was posted."""

    id: str
    name: str
    content_type: str
    size: int
    width: int
    height: int
    created: datetime
    post: str | None
    url: str
    markdown: str


class AttachmentList(Schema):
    items: list[AttachmentShape]
    next: str | None


def _shape(found: Attachment) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "name": found.name,
        "content_type": found.content_type,
        "size": found.size,
        "width": found.width,
        "height": found.height,
        "created": found.created,
        "post": found.post.public_id if found.post else None,
        "url": found.get_absolute_url(),
        "markdown": found.markdown,
    }


@router.post(
    "/attachments",
    response={201: AttachmentShape, 423: LockedProblem, **REFUSALS},
    summary="Upload a file",
)
@surface("a place the reader may write in, through the gate")
def add(
    request: HttpRequest,
    file: File[UploadedFile],
    community: Name = EMPTY,
    post: Name = EMPTY,
) -> Status:
    """Upload a file for a new thread in `community` or for a text below `post`. Nobody else sees it until a text that
    names it is posted."""
    place: dict[str, Any]
    if post:
        place = {"post": visible_post(request.user, post)}
    else:
        place = {"space": get_object_or_404(Space.objects.entered_by(request.user), slug=community)}
    made = upload(owner=request.user, file=file, name=file.name or "", **place)
    return Status(201, _shape(made))


@router.get(
    "/posts/{slug:public_id}/attachments",
    response={200: AttachmentList, **READING},
    summary="The files of a post",
)
@surface("files at a post the reader may see")
def of_post(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """The files of a post, in the order in which they were uploaded."""
    post = visible_post(request.user, public_id)
    return {"items": [_shape(each) for each in post.attachments.select_related("post")], "next": None}


@router.get("/attachments/{slug:public_id}", response=READING, summary="A file itself")
@surface("files at posts the reader may see, and the reader's own that wait for a text", kind="file")
def content(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bytes of a file."""
    found = Attachment.objects.visible_to(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return answer(request, found, found.path, found.content_type, found.digest, found.is_picture)
