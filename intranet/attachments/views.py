"""Giving files out and taking them in. Whoever may not see the post of a file gets what does not exist."""

from __future__ import annotations

from pathlib import Path

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header, parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intranet.access.verdict import Refused, Verdict
from intranet.attachments.actions import upload
from intranet.attachments.waiting import is_lent
from intranet.content.files import Attachment
from intranet.content.models import Post, Space
from intranet.moderation.checks import LOCKED, NOT_FOUND
from intranet.runtime.surfaces import surface

SEEN = "files at posts the reader may see, and those waiting in a text that the reader writes"
HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What keeps a browser from taking a file for a page of ours."""
STATUS = {LOCKED: 423, "quota": 429, "too_fast": 429, "file_too_large": 413}


def status_of(verdict: Verdict) -> int:
    """The HTTP status of a refused file: 422 for what is wrong with the file itself."""
    about_the_file = verdict.code.startswith(("file_", "picture_"))
    return STATUS.get(verdict.code) or (422 if about_the_file else 403)


@surface(SEEN, kind="file")
@require_safe
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A whole file: pictures are shown, everything else is offered for keeping."""
    found = _find(request, public_id)
    return answer(request, found, found.path, found.content_type, found.digest, found.is_picture)


@surface(SEEN, kind="file")
@require_safe
def small(request: HttpRequest, public_id: str) -> HttpResponse:
    """A picture in the size of the text."""
    found = _find(request, public_id)
    if not found.is_picture:
        raise Http404
    return answer(request, found, found.small_path, "image/webp", f"{found.digest}-small", True)


def _find(request: HttpRequest, public_id: str) -> Attachment:
    if seen := Attachment.objects.visible_to(request.user).filter(public_id=public_id).first():
        return seen
    waiting = Attachment.objects.filter(public_id=public_id, post=None).first()
    if waiting is None or not is_lent(request.user, waiting):
        raise Http404
    return waiting


def answer(
    request: HttpRequest, found: Attachment, path: Path, kind: str, version: str, shown: bool
) -> HttpResponse:
    """The bytes at `path` to a reader who was found to be allowed, or 304 when they have them already."""
    etag = f'"{version}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        try:
            response = HttpResponse(path.read_bytes(), content_type=kind)
        except FileNotFoundError:
            raise Http404 from None
        response["Content-Disposition"] = content_disposition_header(not shown, found.name)
    response["ETag"] = etag
    for header, value in HARMLESS.items():
        response[header] = value
    return response


@surface("a place the reader may write in, through the gate")
@require_POST
def add(request: HttpRequest) -> JsonResponse:
    """Take a `file` for a text below `post` or for a new one in `space`, as the composer sends it."""
    sent = request.FILES.get("file")
    if sent is None:
        return problem(400, "bad_request", _("There is no file in this."))
    post, space = place_of(request)
    try:
        made = upload(owner=request.user, file=sent, name=sent.name or "", post=post, space=space)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from refusal
        return problem(status_of(refusal.verdict), refusal.verdict.code, str(refusal.verdict.message))
    return JsonResponse(
        {"id": made.public_id, "url": made.get_absolute_url(), "markdown": made.markdown}, status=201
    )


def place_of(request: HttpRequest) -> tuple[Post | None, Space | None]:
    """What the file is to hang on, or the place of the new thread; 404 for what the reader does not see."""
    if public_id := request.POST.get("post", ""):
        posts = Post.objects.visible_to(request.user).select_related("space", "root__space")
        return get_object_or_404(posts, public_id=public_id), None
    spaces = Space.objects.entered_by(request.user)
    return None, get_object_or_404(spaces, slug=request.POST.get("space", ""))


def problem(status: int, code: str, message: str) -> JsonResponse:
    """A refusal as scripts read it."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)
