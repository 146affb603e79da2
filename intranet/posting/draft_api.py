"""Drafts for programs: the same ones that the composer keeps, compared and set."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from intranet.content.models import Draft
from intranet.posting.api import READING, REFUSALS
from intranet.posting.drafts import DraftConflict, discard_draft, draft_of, save_draft
from intranet.posting.views import FIELDS, KEY, storable
from intranet.runtime.surfaces import surface

router = Router(tags=["posts"])


class DraftShape(Schema):
    """A text on its way: its fields by name, such as `title` and `source`, and the version to base the next one on."""

    key: str
    version: int
    body: dict[str, str]
    saved: datetime


class DraftWanted(Schema):
    """The fields, based on `version`; 0 when there is no draft yet."""

    version: Annotated[int, Field(ge=0, le=2_000_000_000)]
    body: Annotated[dict[Annotated[str, StringConstraints(max_length=40)], str], Field(max_length=FIELDS)]


def _shape(draft: Draft) -> dict[str, Any]:
    return {"key": draft.key, "version": draft.version, "body": draft.body, "saved": draft.saved}


def _known(key: str) -> str:
    """A key as composers use it: `ask:<community>`, `reply:<post>`, `edit:<post>` …; else 404."""
    if not KEY.fullmatch(key):
        raise Http404
    return key


@router.get("/drafts/{key}", response={200: DraftShape, **READING}, summary="A draft of mine")
@surface("the reader's own drafts")
def read(request: HttpRequest, key: str) -> dict[str, Any]:
    """What I have typed and not posted, from whatever device."""
    if found := draft_of(request.user, _known(key)):
        return _shape(found)
    raise Http404


@router.put("/drafts/{key}", response={200: DraftShape, 409: DraftShape, **REFUSALS}, summary="Keep a draft")
@surface("the reader's own drafts")
def keep(request: HttpRequest, key: str, wanted: DraftWanted) -> Status:
    """Keep a text; when another device saved since `version`, 409 brings its draft and nothing is replaced."""
    body = {storable(name): storable(text) for name, text in wanted.body.items()}
    try:
        kept = save_draft(person=request.user, key=_known(key), body=body, version=wanted.version)
    except DraftConflict as conflict:
        return Status(409, _shape(conflict.current))
    return Status(200, _shape(kept))


@router.delete("/drafts/{key}", response={204: None, **REFUSALS}, summary="Forget a draft")
@surface("the reader's own drafts")
def forget(request: HttpRequest, key: str) -> Status:
    """Throw a draft away."""
    discard_draft(person=request.user, key=_known(key))
    return Status(204, None)
