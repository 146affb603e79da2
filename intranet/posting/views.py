"""Drafts as the composer keeps them while somebody types: JSON in, JSON out, for their writer alone."""

from __future__ import annotations

import json
import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intranet.content.models import Draft
from intranet.posting.drafts import DraftConflict, discard_draft, draft_of, save_draft
from intranet.runtime.surfaces import surface

KEY = re.compile(r"[a-z_]{1,20}:[a-z0-9-]{1,90}")
LARGEST = 250_000
"""Bytes of one draft: a post of the greatest length in any script, escaped as JSON, with its title."""
FIELDS = 12
CANNOT_BE_STORED = re.compile("[\x00\ud800-\udfff]")


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def _shape(draft: Draft) -> dict[str, object]:
    return {"version": draft.version, "body": draft.body, "saved": draft.saved.isoformat()}


@surface("the reader's own drafts")
@login_not_required
@require_http_methods(["GET", "PUT", "DELETE"])
def draft(request: HttpRequest, key: str) -> JsonResponse:
    """Read, save or discard my draft `key`. Saving needs the version it is based on; 409 brings the newer one."""
    if not request.user.is_authenticated:
        return _problem(401, "signed_out", _("Sign in, and the text is saved on your account."))
    if not KEY.fullmatch(key):
        return _problem(404, "not_found", _("There is nothing here."))
    if request.method == "PUT":
        return _save(request, key)
    if request.method == "DELETE":
        discard_draft(person=request.user, key=key)
        return JsonResponse({"version": 0, "body": {}})
    kept = draft_of(request.user, key)
    return JsonResponse(_shape(kept)) if kept else _problem(404, "not_found", _("There is nothing here."))


def _save(request: HttpRequest, key: str) -> JsonResponse:
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return _problem(413, "too_long", _("This is too long to be kept as a draft."))
    sent = _read(request.body)
    if sent is None:
        return _problem(400, "bad_request", _("A draft is its version and its texts."))
    body, version = sent
    try:
        kept = save_draft(person=request.user, key=key, body=body, version=version)
    except DraftConflict as conflict:
        return JsonResponse(_shape(conflict.current), status=409)
    return JsonResponse(_shape(kept))


def _read(raw: bytes) -> tuple[dict[str, str], int] | None:
    """Body and version of a request, or None when it is none; what no table can hold is left out of the texts."""
    try:
        sent = json.loads(raw)
        body, version = sent["body"], sent["version"]
    except (ValueError, KeyError, TypeError):
        return None
    known = (
        isinstance(body, dict)
        and len(body) <= FIELDS
        and all(isinstance(text, str) for text in body.values())
    )
    if not known or type(version) is not int:
        return None
    return {storable(name)[:40]: storable(text) for name, text in body.items()}, version


def storable(text: str) -> str:
    """`text` without NUL and halves of surrogate pairs."""
    return CANNOT_BE_STORED.sub("", text)
