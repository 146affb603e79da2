"""Changing where posts stand, with a record from which it can be taken back. Called inside a permit for all threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from itertools import chain

from django.utils import timezone

from communities.asking.addressing import send
from communities.moving.carrying import (
    bring_back_details,
    bring_back_praise,
    details_of,
    take_back,
    take_praise,
)
from communities.moving.layout import Layout, Spot, restored
from communities.moving.models import Offer, OfferState, Surgery, SurgeryKind, SurgeryThread
from communities.moving.positions import carry_positions
from communities.moving.standing import count, layout_of, stand
from communities.questions import states
from communities.questions.models import QuestionDetail
from communities.questions.promises import due_in
from communities.verbs import ACCEPTED, UNACCEPTED
from intranet.activity.log import record
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User


def operate(
    *,
    actor: User,
    kind: SurgeryKind,
    threads: Sequence[Post],
    change: Callable[..., Iterable[Layout]],
    target: Space,
    about: Post | None = None,
    note: str = "",
) -> Surgery:
    """Bring `threads` to the layouts that `change` makes of theirs, and keep what was there.

    `about` is the post that is converted or starts a new thread, when it is none of `threads`.
    """
    before = [layout_of(thread) for thread in threads]
    after = [list(layout) for layout in change(*before)]
    touched = [*([about] if about else []), *threads]
    accepted = _accepted({post.pk for post in touched})
    surgery = Surgery.objects.create(
        kind=kind,
        actor=actor,
        note=note,
        source=threads[0].space,
        target=target,
        before={
            "spots": [astuple(spot) for spot in chain(*before)],
            "titles": {post.pk: post.title for post in touched},
            "details": details_of([post.pk for post in touched]),
        },
    )
    SurgeryThread.objects.bulk_create(
        SurgeryThread(surgery=surgery, post=post, first=n == 0) for n, post in enumerate(touched)
    )
    stand(chain(*before), chain(*after))
    carry_positions(chain(*before), chain(*after))
    surgery.before["praise"] = take_praise([spot.post for spot in chain(*before)])
    surgery.save(update_fields=["before"])
    _settle(actor, accepted)
    if kind in (SurgeryKind.MOVE, SurgeryKind.MERGE):
        Offer.objects.waiting().filter(post=touched[0]).update(state=OfferState.WITHDRAWN)
    return surgery


def put_back(*, actor: User, surgery: Surgery) -> list[Post]:
    """Take `surgery` back, with what was written since staying where it was written; the threads as they are then."""
    then = [Spot(*spot) for spot in surgery.before["spots"]]
    touched = list(surgery.touched.values_list("post", flat=True))
    accepted = _accepted(set(touched))
    roots = Post.objects.filter(pk__in=touched).select_related("root")
    now = list(chain(*(layout_of(root) for root in {post.thread for post in roots})))
    back = list(chain(*restored(then, now)))
    stand(now, back)
    carry_positions(now, back)
    _title(surgery)
    take_back(surgery.before.get("carried", {}))
    bring_back_praise(surgery.before["praise"])
    bring_back_details(surgery.before["details"])
    _settle(actor, accepted)
    surgery.undone_by, surgery.undone_at = actor, timezone.now()
    surgery.save(update_fields=["undone_by", "undone_at"])
    return list(Post.objects.filter(pk__in=touched, root=None).select_related("space", "author"))


def _title(surgery: Surgery) -> None:
    """A thread that lost its title gets it back; what is no thread any more loses the one it was given."""
    for post in Post.objects.filter(pk__in=surgery.before["titles"]):
        old = surgery.before["titles"][str(post.pk)]
        wanted = post.title or old if post.root_id is None else old
        if post.title != wanted:
            post.title = wanted
            post.save(update_fields=["title"])


def _accepted(touched: set[int]) -> dict[int, int | None]:
    """The accepted answer of each post of `touched`, None where there is none."""
    found = QuestionDetail.objects.filter(post__in=touched).values_list("post", "accepted")
    return dict.fromkeys(touched) | dict(found)


def _settle(actor: User, accepted: dict[int, int | None]) -> None:
    """Bring counts, and what only questions have, in line with where the posts stand now; `accepted` is what was."""
    touched = set(accepted)
    count(touched)
    asking = Post.objects.filter(pk__in=touched, root=None, kind=PostKind.QUESTION)
    QuestionDetail.objects.filter(post__in=touched).exclude(post__in=asking).delete()
    for question in asking.select_related("space", "author"):
        _ask_if_new(question)
        states.settle(question)
    for post, answer in _accepted(touched).items():
        _tell_acceptance(actor, accepted[post], answer)


def _ask_if_new(question: Post) -> None:
    """A thread that became a question gets the promise of its community, and without an answer it is sent to people."""
    now = timezone.now()
    _detail, made = QuestionDetail.objects.get_or_create(
        post=question, defaults={"due": due_in(question.space, now)}
    )
    if made and not Post.objects.filter(root=question, kind=PostKind.ANSWER).exists():
        send(question, topics=[tag.name for tag in question.tags.all()], at=now)


def _tell_acceptance(actor: User, before: int | None, after: int | None) -> None:
    if before == after:
        return
    if before and not after:
        answer = Post.objects.select_related("author", "space").get(pk=before)
        record(UNACCEPTED, actor, about=answer.author, post=answer)
    elif after and not before:
        detail = QuestionDetail.objects.select_related(
            "accepted__author", "accepted__space", "accepted_by"
        ).get(accepted=after)
        record(ACCEPTED, detail.accepted_by, about=detail.accepted.author, post=detail.accepted)
