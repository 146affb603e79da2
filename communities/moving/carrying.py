"""What hangs on a whole thread goes along when the thread becomes part of another one, or a part becomes a thread.

A post takes with it what hangs on the post itself: votes, locks, cases, disclosures, attachments. What people chose for
a *thread* is given to the other thread as well, to those who chose nothing there, and taken back by an undo.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core import serializers

from communities.questions.models import GoodAnswer, QuestionDetail
from intranet.content.kinds import PostKind
from intranet.content.models import Post, PostTag
from intranet.notify.models import Follow
from intranet.settings.product import MAX_TAGS


def carry_followers(source: Post, target: Post) -> list[int]:
    """Give those who follow or mute `source` the same level for `target`; ids of the rows that were made."""
    there = Follow.objects.filter(post=target).values("person")
    rows = Follow.objects.filter(post=source).exclude(person__in=there)
    made = Follow.objects.bulk_create(
        [Follow(person_id=row.person_id, post=target, level=row.level, since=row.since) for row in rows]
    )
    return [row.pk for row in made]


def carry_topics(source: Post, target: Post) -> list[int]:
    """Give `target` the topics of `source`, as many as fit; ids of the rows that were made."""
    there = set(PostTag.objects.filter(post=target).values_list("tag", flat=True))
    tags = [
        tag for tag in PostTag.objects.filter(post=source).values_list("tag", flat=True) if tag not in there
    ]
    room = max(0, MAX_TAGS - len(there))
    return [
        row.pk
        for row in PostTag.objects.bulk_create([PostTag(post=target, tag_id=tag) for tag in tags[:room]])
    ]


def take_back(carried: dict[str, list[int]]) -> None:
    """Delete the rows that `carry_followers` and `carry_topics` made, given as `{"follows": ids, "topics": ids}`."""
    Follow.objects.filter(pk__in=carried.get("follows", ())).delete()
    PostTag.objects.filter(pk__in=carried.get("topics", ())).delete()


def details_of(roots: list[int]) -> list[dict[str, Any]]:
    """What only questions have, of these threads, as rows of plain values."""
    return serializers.serialize("python", QuestionDetail.objects.filter(post__in=roots))


def take_praise(posts: Collection[int]) -> list[dict[str, Any]]:
    """Take "a good answer too" from what is no answer any more; the rows as plain values."""
    lost = GoodAnswer.objects.filter(answer__in=posts).exclude(answer__kind=PostKind.ANSWER)
    rows = serializers.serialize("python", lost)
    lost.delete()
    return rows


def bring_back_praise(rows: list[dict[str, Any]]) -> None:
    """Write `rows` of `take_praise` back."""
    for kept in serializers.deserialize("python", rows):
        kept.save()


def bring_back_details(rows: list[dict[str, Any]]) -> None:
    """Write `rows` of `details_of` where nothing stands; where something does, an acceptance that was lost."""
    standing = {
        detail.post_id: detail
        for detail in QuestionDetail.objects.filter(post__in=[_post(row) for row in rows])
    }
    for row, kept in zip(rows, serializers.deserialize("python", rows), strict=True):
        detail = standing.get(_post(row))
        if detail is None:
            kept.save()
        elif detail.accepted_id is None and kept.object.accepted_id:
            for column in ("accepted", "accepted_by", "accepted_at"):
                setattr(detail, column, getattr(kept.object, column))
            detail.save()


def _post(row: dict[str, Any]) -> int:
    return row["fields"]["post"]
