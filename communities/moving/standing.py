"""Reading layouts from the table of posts and writing them back. Called inside a permit, which holds the roots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import astuple

from django.db import connection
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from communities.moving.layout import Layout, Spot
from intranet.content import guard
from intranet.content.models import Post

AWAY = 1_000_000_000
"""Added to numbers that are about to change, so that none meets another one on its way."""

_STEP_ASIDE = "UPDATE intranet_post SET number = number + %s WHERE id = ANY(%s) AND root_id IS NOT NULL"
_STAND = """
    UPDATE intranet_post AS post
       SET kind = spot.kind, space_id = spot.space, root_id = spot.root, parent_id = spot.parent, number = spot.number
      FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::int[])
        AS spot(id, kind, space, root, parent, number)
     WHERE post.id = spot.id
"""


Follower = Callable[[Collection[int]], None]
_followers: list[Follower] = []


def follows_posts(follower: Follower) -> Follower:
    """Register what has to come along when posts, given by their ids, have come into another space."""
    _followers.append(follower)
    return follower


def layout_of(root: Post) -> Layout:
    """Where the posts of the thread stand now."""
    rows = Post.objects.filter(Q(pk=root.pk) | Q(root=root)).order_by("number")
    return [
        Spot(*row) for row in rows.values_list("pk", "kind", "space_id", "root_id", "parent_id", "number")
    ]


def stand(before: Iterable[Spot], after: Iterable[Spot]) -> None:
    """Bring posts from where they stood to where they shall stand, in two statements however many they are."""
    guard.require_open("Post")
    stood = {spot.post: spot for spot in before}
    changed = [spot for spot in after if stood[spot.post] != spot]
    if not changed:
        return
    columns = [list(column) for column in zip(*map(astuple, changed), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_STEP_ASIDE, [AWAY, columns[0]])
        cursor.execute(_STAND, columns)
    if moved := [spot.post for spot in changed if stood[spot.post].space != spot.space]:
        for follower in _followers:
            follower(moved)


def count(roots: Collection[int]) -> None:
    """Bring reply counts and last activity in line, of threads and of posts that were threads."""
    below = Post.objects.filter(root=OuterRef("pk")).order_by().values("root")
    replies = Subquery(below.values(n=Count("pk")))
    latest = Subquery(below.values(latest=Max("created")))
    Post.objects.filter(pk__in=roots).update(
        reply_count=Coalesce(replies, 0), last_activity=Greatest(F("created"), Coalesce(latest, F("created")))
    )
