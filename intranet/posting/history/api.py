"""The versions of a post, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from intranet.posting.api import READING, visible_post
from intranet.posting.history.reading import versions_of
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface

router = Router(tags=["posts"])


class VersionShape(Schema):
    """What a post said from `created` on. `revision` is what an edit names as its base."""

    revision: int
    title: str
    source: str
    author: PersonShape
    created: datetime


class VersionList(Schema):
    items: list[VersionShape]
    next: str | None


@router.get(
    "/posts/{slug:public_id}/revisions",
    response={200: VersionList, **READING},
    summary="What a post said before",
)
@surface("a post the reader may see, with what it said before")
def revisions(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """All versions of a post, the newest first."""
    items = [
        {
            "revision": each.number,
            "title": each.title,
            "source": each.source,
            "author": person_shape(each.by),
            "created": each.at,
        }
        for each in versions_of(visible_post(request.user, public_id))
    ]
    return {"items": items, "next": None}
