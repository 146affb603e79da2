"""What waits for one person: mentions, own questions to settle, promises of communities they run, policies to review."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from communities.questions.models import QuestionDetail, QuestionState
from intranet.activity.models import Event
from intranet.content.kinds import PostKind, SpaceRole
from intranet.content.models import Post
from intranet.home.feed import detail_of, rows
from intranet.home.interests import mentions_of
from intranet.home.reasons import Reason
from intranet.people.models import User
from intranet.policies.citing.care import reviews_waiting
from intranet.ui.tags import bdi

MENTION_DAYS = 14
MOST = 10
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


def _open_mentions(person: User) -> dict[int, Event]:
    """Mentions after which the person has not written in the thread; two queries."""
    mentions = mentions_of(person, MENTION_DAYS)
    written = (
        Post.objects.filter(Q(root__in=mentions) | Q(pk__in=mentions), author=person)
        .values_list(Coalesce("root_id", "pk"))
        .annotate(last=Max("created"))
    )
    last = dict(written.order_by())
    return {thread: event for thread, event in mentions.items() if last.get(thread, event.at) <= event.at}


def _reason(post: Post, person: User, mentions: dict[int, Event]) -> Reason:
    if post.pk in mentions:
        named = bdi(mentions[post.pk].actor.display_name)
        space = bdi(post.space.label)
        return Reason("at-sign", format_html(_("{name} mentioned you in {space}"), name=named, space=space))
    if post.kind == PostKind.POLICY:
        return Reason("scale", _("Its review date has come. Is it still right?"))
    if post.author_id == person.pk:
        return Reason("circle-help", _("Your question has answers. Does one of them solve it?"))
    return Reason(
        "clock", format_html(_("Past its time in {space}, which you run"), space=bdi(post.space.label))
    )


def waiting_for(person: User) -> list[Duty]:
    """At most ten threads, those past their time first. A constant number of queries."""
    mentions = _open_mentions(person)
    run = [space for space, role in person.space_roles.items() if role in RUNNING]
    late = Q(
        space__in=run,
        kind=PostKind.QUESTION,
        question_detail__state=QuestionState.UNANSWERED,
        question_detail__due__lt=timezone.now(),
    )
    settle = Q(author=person, kind=PostKind.QUESTION, question_detail__state=QuestionState.ANSWERED)
    review = Q(pk__in=reviews_waiting(person).values("post"))
    threads = (
        Post.objects.visible_to(person)
        .published()
        .threads()
        .filter(Q(pk__in=mentions) | settle | late | review)
        .for_cards()
        .select_related(*rows())
        .order_by("question_detail__due", "-last_activity")[:MOST]
    )
    return [Duty(post, _reason(post, person, mentions), detail_of(post)) for post in threads]
