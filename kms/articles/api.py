"""Articles for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from intranet.people.models import User
from intranet.posting.api import READING, WRITING, visible_post
from intranet.posting.shapes import Made, PersonShape, person_shape
from intranet.runtime.surfaces import surface
from intranet.settings.product import ARTICLE_REVIEW_DAYS
from intranet.ui.paging import Page
from intranet.ui.paging import page as paged
from kms.articles import actions, remarks
from kms.articles.models import ArticlePage
from kms.articles.reading import Remark, origin_of, published_for, remarks_on, seen_by

router = Router(tags=["articles"])
Name = Annotated[str, StringConstraints(max_length=40, pattern=r"^[\w.-]*$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Topics = Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")]


class ArticleSummary(Schema):
    """An article in a list. `state` is `verified`, `stale` (its review is overdue), `doubted` or `draft`."""

    id: str
    title: str
    community: str
    url: str
    state: str
    owner: PersonShape
    fallback: PersonShape | None
    verified: datetime | None
    review_due: datetime | None


class ArticleList(Schema):
    items: list[ArticleSummary]
    next: str | None


class ArticleShape(ArticleSummary):
    """An article with its text; `answer` is the post it grew from. `base` goes with the next change."""

    source: str
    html: str
    answer: str | None
    base: int | None


class RemarkWanted(Schema):
    """What a reader says below an article; `doubts` that something in it is no longer true."""

    source: str
    doubts: bool = False
    client_token: Token | None = None


class RemarkShape(Schema):
    """A comment below an article; `doubt` is `open`, `settled` by a look since, or empty."""

    id: str
    author: PersonShape
    html: str
    created: datetime
    doubt: str


class RemarkList(Schema):
    items: list[RemarkShape]
    next: str | None


class ArticleWanted(Schema):
    """What an article is to say; `base` is that of the version which was read, and another one is refused (409)."""

    title: Topics
    source: str
    owner: Name
    fallback: Name = ""
    tags: Topics = ""
    review_days: int = Field(default=ARTICLE_REVIEW_DAYS, ge=7, le=730)
    base: int | None = Field(default=None, ge=0, le=2_000_000_000)


def _summary(page: ArticlePage) -> dict[str, Any]:
    return {
        "id": page.key,
        "title": page.post.title if page.post else page.draft_title,
        "community": page.space.slug,
        "url": f"/articles/{page.key}/",
        "state": page.badge,
        "owner": person_shape(page.keeper),
        "fallback": person_shape(page.fallback) if page.fallback else None,
        "verified": page.verified_at,
        "review_due": page.review_due,
    }


def _whole(reader: User, page: ArticlePage) -> dict[str, Any]:
    text = page.post if page.post and page.live else None
    said = actions.latest(page)
    origin = origin_of(page, reader)
    return _summary(page) | {
        "source": text.source if text else said.source,
        "html": text.html if text else said.columns(reader)["html"],
        "answer": origin.public_id if origin else None,
        "base": page.latest_revision_id if page.may_change(reader) else None,
    }


def _found(reader: User, key: str) -> ArticlePage:
    page = seen_by(reader).filter(key=key).first()
    if page is None:
        raise Http404
    return page


@router.get("/articles", response={200: ArticleList, **READING}, summary="Articles I may read")
@surface("articles the reader may see")
def articles(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Published articles, newest first."""
    found: Page[ArticlePage] = paged(published_for(request.user), cursor, by="first_published_at")
    return {"items": [_summary(page) for page in found], "next": found.next or None}


@router.get("/articles/{slug:key}", response={200: ArticleShape, **READING}, summary="An article")
@surface("an article the reader may see, or a draft they write or keep")
def article(request: HttpRequest, key: str) -> dict[str, Any]:
    """One article as it is out; a draft, for those who may change it."""
    return _whole(request.user, _found(request.user, key))


@router.post(
    "/posts/{slug:public_id}/article",
    response={200: ArticleShape, **WRITING},
    summary="Begin an article from an answer",
)
@surface("an accepted answer the reader may see, through the gate")
def begin(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Make a draft of an accepted answer; the same answer twice is one article."""
    page = actions.promote(actor=request.user, answer=visible_post(request.user, public_id))
    return _whole(request.user, page)


@router.put(
    "/articles/{slug:key}", response={200: ArticleShape, **WRITING}, summary="Write the draft of an article"
)
@surface("an article the reader writes, keeps or moderates")
def write(request: HttpRequest, key: str, wanted: ArticleWanted) -> dict[str, Any]:
    """Make the draft say this; what is out stays as it is until it is published."""
    page = _found(request.user, key)
    people = {
        person.username: person
        for person in User.objects.visible_to(request.user).filter(
            username__in=[wanted.owner, wanted.fallback]
        )
    }
    if wanted.owner not in people or (wanted.fallback and wanted.fallback not in people):
        raise Http404
    said = wanted.dict(exclude={"owner", "fallback"})
    text = actions.ArticleText(keeper=people[wanted.owner], fallback=people.get(wanted.fallback), **said)
    return _whole(request.user, actions.save(actor=request.user, page=page, text=text))


@router.post(
    "/articles/{slug:key}/publish", response={200: ArticleShape, **WRITING}, summary="Publish an article"
)
@surface("an article the reader writes, keeps or moderates, through the gate")
def publish(request: HttpRequest, key: str) -> Status:
    """Publish the newest draft. Safe to repeat."""
    actions.publish(actor=request.user, page=_found(request.user, key))
    return Status(200, _whole(request.user, _found(request.user, key)))


@router.post(
    "/articles/{slug:key}/verify", response={200: ArticleShape, **WRITING}, summary="Say it is still true"
)
@surface("an article the reader keeps, through the gate")
def verify(request: HttpRequest, key: str) -> Status:
    """Say that a published article is still true; its next review is due after its interval."""
    actions.verify(actor=request.user, page=_found(request.user, key))
    return Status(200, _whole(request.user, _found(request.user, key)))


@router.get(
    "/articles/{slug:key}/remarks",
    response={200: RemarkList, **READING},
    summary="What readers say of an article",
)
@surface("comments on an article the reader may see")
def list_remarks(request: HttpRequest, key: str) -> dict[str, Any]:
    """The latest comments, in the order in which they came."""
    page = _found(request.user, key)
    found = remarks_on(page, request.user) if page.post and page.live else []
    return {"items": [_remark(row) for row in found if not row.gone], "next": None}


def _remark(row: Remark) -> dict[str, Any]:
    return {
        "id": row.post.public_id,
        "author": person_shape(row.post.author),
        "html": row.post.html,
        "created": row.post.created,
        "doubt": row.doubt,
    }


@router.post(
    "/articles/{slug:key}/remarks",
    response={201: Made, 200: Made, **WRITING},
    summary="Comment on an article, or doubt it",
)
@surface("an article the reader may see, through the gate")
def add_remark(request: HttpRequest, key: str, said: RemarkWanted) -> Status:
    """Say something below an article: 201 when it is new, 200 when this client token already did."""
    page = _found(request.user, key)
    written = remarks.remark(author=request.user, page=page, **said.dict())
    made = {"id": written.post.public_id, "url": written.post.get_absolute_url()}
    return Status(201 if written.created else 200, made)
