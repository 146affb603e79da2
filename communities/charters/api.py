"""Communities for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from intranet.content.models import Space
from intranet.posting.api import READING
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

router = Router(tags=["communities"])


class CommunityShape(Schema):
    """A community of which I may know."""

    slug: str
    name: str
    purpose: str
    visibility: str
    joining: str
    archived: bool
    role: str | None
    url: str


class CommunityList(Schema):
    items: list[CommunityShape]
    next: str | None


@router.get("/communities", response={200: CommunityList, **READING}, summary="Communities I may know of")
@surface("communities the reader may know of")
def communities(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Communities, newest first."""
    found = page(Space.objects.communities().visible_to(request.user), cursor)
    roles = request.user.space_roles
    return {
        "items": [community_shape(space, roles.get(space.pk)) for space in found],
        "next": found.next or None,
    }


def community_shape(space: Space, role: str | None) -> dict[str, Any]:
    """The fields of `CommunityShape`; `role` is what the reader is trusted with there."""
    return {
        "slug": space.slug,
        "name": space.label,
        "purpose": space.purpose,
        "visibility": space.visibility,
        "joining": space.joining,
        "archived": space.archived_at is not None,
        "role": role,
        "url": space.get_absolute_url(),
    }
