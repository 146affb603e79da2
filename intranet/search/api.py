"""Search for programs: `GET /search` of the JSON API."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Schema

from intranet.content.models import Space
from intranet.posting.api import READING
from intranet.runtime.surfaces import surface
from intranet.search.query import understand
from intranet.search.results import Result, shown
from intranet.search.searching import search
from intranet.search.similar import similar

router = Router(tags=["search"])


class Asked(Schema):
    """What is searched: words, and what narrows them."""

    q: str = ""
    type: str = ""
    community: str = ""
    tag: str = ""
    disclosure: str = ""
    cursor: str = ""


class Found(Schema):
    """One result. `community` is the slug of the space it is in, null for people."""

    id: str
    type: str
    title: str
    excerpt: str
    url: str
    community: str | None

    @staticmethod
    def resolve_community(result: Result) -> str | None:
        return result.place.slug if result.place else None


class Alike(Found):
    """A thread or document like what is being asked; `state` is a badge such as `unanswered` or `solved`, or empty."""

    state: str

    @staticmethod
    def resolve_state(result: Result) -> str:
        return result.badge


class AlikeList(Schema):
    items: list[Alike]
    next: str | None


class FoundPage(Schema):
    """Results, how many there are of each type, and the cursor of the next page. Counts are true for the reader."""

    items: list[Found]
    next: str | None
    counts: dict[str, int]


@router.get("/search", response={200: FoundPage, **READING}, summary="Search everything that I may see")
@surface("what the reader may see; counts are true for the reader")
def search_everything(request: HttpRequest, asked: Query[Asked]) -> dict[str, object]:
    """Results best first. `type`, `community`, `tag` and `disclosure` (a kind) narrow them; one that does not exist finds nothing."""
    words = {key: value.replace("\0", "") for key, value in asked.dict().items()}
    page = search(request.user, **words)
    return {
        "items": shown(page.items, page.query.forms),
        "next": page.next or None,
        "counts": page.counts,
    }


@router.get("/similar", response={200: AlikeList, **READING}, summary="What may already answer a question")
@surface("threads and documents the reader may see")
def alike(request: HttpRequest, title: str, community: str = "") -> dict[str, object]:
    """Up to five threads and documents like `title`, best first, those of `community` before others."""
    here = Space.objects.entered_by(request.user).filter(slug=community.replace("\0", "")).first()
    found = similar(request.user, title.replace("\0", "")[:300], space=here)
    return {"items": shown(found, understand(title.replace("\0", "")[:300]).forms), "next": None}
