"""What waits for one person: mentions not answered, own questions to settle or to complete, questions whose clock called
them, promises of communities they run, policies to review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.questions.agenda import Step
from communities.questions.models import QuestionDetail, QuestionState
from communities.reminding.models import Nudge
from intranet.access.readers import Reader, kind_of
from intranet.activity.models import Event
from intranet.content.kinds import PostKind, SpaceRole
from intranet.content.models import Post
from intranet.home.choosing import WITH_QUESTION
from intranet.home.feed import detail_of
from intranet.home.interests import mentions_of
from intranet.home.reasons import Reason
from intranet.people.models import User
from intranet.policies.citing.care import review_notice, reviews_waiting
from intranet.runtime.prepared import Prepared
from intranet.ui.tags import bdi

MENTION_DAYS = 14
MOST = 10
CALLED = {
    Step.HALF: gettext_lazy("Half the time is over, and you are likely to know"),
    Step.DUE: gettext_lazy("Its time has passed, and it came to you"),
    Step.OWNER: gettext_lazy("Nobody answered in time, so it came to you as the owner"),
}
"""What the clock called somebody for, as long as the question is open."""
RUNNING = (SpaceRole.OWNER, SpaceRole.MANAGER)


@dataclass(frozen=True)
class Duty:
    """One thread that waits for the reader, and why."""

    post: Post
    reason: Reason
    detail: QuestionDetail | None

    @property
    def state(self) -> str:
        return "overdue" if self.detail and self.detail.is_overdue else "waiting"


def _last_written(me: int, threads: list[int]) -> QuerySet[Post, tuple[int, datetime]]:
    """When the person last wrote in each of the threads."""
    written = Post.objects.filter(Q(root__any=threads) | Q(pk__any=threads), author=me)
    return written.values_list(Coalesce("root_id", "pk")).annotate(last=Max("created")).order_by()


_written = Prepared(_last_written)


def _open_mentions(person: User) -> dict[int, Event]:
    """Mentions after which the person has not written in the thread; two queries."""
    mentions = mentions_of(person, MENTION_DAYS)
    last = dict(_written.all(me=person.pk, threads=sorted(mentions)))
    return {thread: event for thread, event in mentions.items() if last.get(thread, event.at) <= event.at}


def _reason(post: Post, person: User, mentions: dict[int, Event]) -> Reason:
    if post.pk in mentions:
        named = bdi(mentions[post.pk].actor.display_name)
        space = bdi(post.space.label)
        return Reason("at-sign", format_html(_("{name} mentioned you in {space}"), name=named, space=space))
    if post.kind == PostKind.POLICY:
        return Reason("scale", _("Its review date has come. Is it still right?"))
    detail = detail_of(post)
    if post.author_id == person.pk:
        return _own(detail)
    if detail and detail.claimant() == person:
        return Reason("hand", _("You said that you are writing an answer"))
    if post.called in CALLED:
        return Reason("clock", str(CALLED[post.called]))
    return Reason(
        "clock", format_html(_("Past its time in {space}, which you run"), space=bdi(post.space.label))
    )


def _own(detail: QuestionDetail) -> Reason:
    if detail.state == QuestionState.NEEDS_INFO:
        return Reason(
            "hourglass",
            format_html(
                _("{name} needs more to answer you: {note}"),
                name=bdi(detail.mark_by.display_name),
                note=bdi(detail.mark_note),
            ),
        )
    return Reason("circle-help", _("Your question has answers. Does one of them solve it?"))


def _waiting(
    *kind: bool, me: int, now: datetime, reviewed_until: date, mentions: list[int], run: list[int]
) -> QuerySet[Post, int]:
    """Ids of the threads that wait for a person for any reason, those past their time first.

    Each reason finds its few threads by itself: asked together, with "or", all threads would be looked at.
    """
    questions = QuestionDetail.objects.order_by()
    open_ones = questions.filter(state=QuestionState.UNANSWERED)
    calls = Nudge.objects.filter(
        person=me, step__in=CALLED, post__question_detail__state=QuestionState.UNANSWERED
    )
    reasons = [
        questions.filter(
            post__author=me, state__in=(QuestionState.ANSWERED, QuestionState.NEEDS_INFO)
        ).values("post"),
        questions.filter(claimed_by=me, claimed_until__gt=now).values("post"),
        open_ones.filter(due__lt=now, post__space__any=run).values("post"),
        calls.order_by().values("post"),
        reviews_waiting(me, reviewed_until).order_by().values("post"),
    ]
    named = Post.objects.filter(pk__any=mentions).order_by().values("pk")
    threads = Post.objects.visible_to(Reader(me, *kind)).published().threads()
    return (
        threads.filter(pk__in=named.union(*reasons))
        .order_by("question_detail__due", "-last_activity")
        .values_list("pk", flat=True)[:MOST]
    )


_ids = Prepared(_waiting)


def _shown(me: int, ids: list[int]) -> QuerySet[Post]:
    """These threads with what a row shows, and `called`: what the clock called the person for last."""
    # The words of a later step come later in this order: it is the one to be said.
    calls = Nudge.objects.filter(post=OuterRef("pk"), person=me, step__in=CALLED).order_by("-at", "-pk")
    return (
        Post.objects.filter(pk__any=ids)
        .annotate(called=Subquery(calls.values("step")[:1]))
        .select_related("author__unit", "space", *WITH_QUESTION)
        .order_by("question_detail__due", "-last_activity")
    )


_rows = Prepared(_shown)


def waiting_for(person: User) -> list[Duty]:
    """At most ten threads, those past their time first. A constant number of queries."""
    mentions = _open_mentions(person)
    ids = _ids.all(
        *kind_of(person),
        me=person.pk,
        now=timezone.now(),
        reviewed_until=review_notice(),
        mentions=sorted(mentions),
        run=sorted(space for space, role in person.space_roles.items() if role in RUNNING),
    )
    threads = _rows.all(me=person.pk, ids=ids) if ids else []
    return [Duty(post, _reason(post, person, mentions), detail_of(post)) for post in threads]
