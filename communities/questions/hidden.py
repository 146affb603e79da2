"""What follows for a question when moderation hides one of its answers, or shows it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from communities.questions import states
from communities.questions.models import QuestionDetail
from communities.questions.promises import promise_of
from communities.verbs import ACCEPTED, UNSETTLED
from intranet.activity.log import record
from intranet.activity.models import Event
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post
from intranet.moderation.cases.seams import when_changed
from intranet.people.models import User


@when_changed
def settle_again(post: Post) -> None:
    """Settle the question of an answer that was hidden or shown: acceptance, state, clock, and its asker."""
    if post.kind != PostKind.ANSWER:
        return
    detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=post.root_id)
    detail.post = post.thread
    if post.state == PostState.PUBLISHED:
        _accept_again(detail, post)
        states.settle(detail.post)
    else:
        _lose(detail, post, timezone.now())


def _lose(detail: QuestionDetail, post: Post, now: datetime) -> None:
    """Settle without the answer. The asker hears of it when the question waits again or is no longer solved."""
    was, answered = detail.state, detail.first_answer
    accepted = (
        {"by": detail.accepted_by_id, "since": detail.accepted_at} if detail.accepted_id == post.pk else {}
    )
    settled = states.settle(detail.post, now)
    if settled.first_answer is None and answered:
        _let_the_clock_rest(settled, answered, now)
    if settled.state != was:
        facts: dict[str, Any] = {name: str(value) for name, value in accepted.items()} | {"answer": post.pk}
        asker = detail.post.author
        record(UNSETTLED, asker, about=asker, post=detail.post, at=now, **facts)


def _let_the_clock_rest(detail: QuestionDetail, answered: datetime, now: datetime) -> None:
    """While there was an answer nobody was waiting: that time does not count against the promise."""
    if detail.stands:
        return
    detail.stops = [*detail.stops, max([answered, *detail.stops[-1:]]), now]
    detail.due = promise_of(detail.post.space).due(detail.post.created, detail.pauses(now))
    detail.save(update_fields=["stops", "due"])
    states.settle(detail.post, now)


def _accept_again(detail: QuestionDetail, post: Post) -> None:
    """Give back the acceptance that hiding took, unless another answer was accepted since."""
    lost = (
        Event.objects.filter(verb=UNSETTLED.name, post=detail.post, data__answer=post.pk)
        .order_by("-pk")
        .first()
    )
    if lost is None or "by" not in lost.data or detail.accepted_id:
        return
    if Event.objects.filter(verb=ACCEPTED.name, post__root=detail.post, pk__gt=lost.pk).exists():
        return
    detail.accepted = post
    detail.accepted_by = User.objects.get(pk=int(lost.data["by"]))
    detail.accepted_at = datetime.fromisoformat(lost.data["since"])
    detail.save(update_fields=["accepted", "accepted_by", "accepted_at"])
