"""Whom the clock tells at each step, and in whose name."""

from __future__ import annotations

from collections.abc import Iterable

from communities.promises.duty import on_duty
from communities.questions.agenda import Step
from communities.questions.models import QuestionDetail
from intranet.activity.models import Event
from intranet.content import voices
from intranet.content.kinds import PostKind, PostState, SpaceRole
from intranet.content.models import Post
from intranet.people.models import User
from intranet.routing.verbs import ASKED_OF


def audience(detail: QuestionDetail, step: Step) -> list[User]:
    """Who is told of `step`; never the asker of what they wait for, and nobody twice."""
    match step:
        case Step.HALF:
            people = _asked(detail.post) or _duty(detail.post)
        case Step.DUE:
            people = [*_asked(detail.post), *(_duty(detail.post) or _owners(detail.post))]
        case Step.OWNER:
            people = _owners(detail.post)
        case _:
            asker = detail.post.author
            return [asker] if asker.is_active or voices.is_voice(asker) else []
    return _others(people, detail.post.author_id)


def speaker(detail: QuestionDetail, step: Step) -> User:
    """In whose name it is said: who waits, or whose words wait for the asker."""
    if step == Step.RETURN:
        return detail.mark_by
    if step == Step.SETTLE:
        answers = Post.objects.filter(root=detail.post, kind=PostKind.ANSWER, state=PostState.PUBLISHED)
        others = answers.exclude(author=detail.post.author).select_related("author").order_by("-number")
        latest = others.first()
        return latest.author if latest else detail.post.author
    return detail.post.author


def _asked(question: Post) -> list[User]:
    """Those whom routing asked."""
    ids = Event.objects.filter(verb=ASKED_OF.name, post=question).values("about")
    return list(User.objects.active().filter(pk__in=ids).order_by("pk"))


def _duty(question: Post) -> list[User]:
    holder = on_duty(question.space)
    return [holder] if holder else []


def _owners(question: Post) -> list[User]:
    return list(
        User.objects.active()
        .filter(memberships__space=question.space, memberships__role=SpaceRole.OWNER)
        .order_by("pk")
    )


def _others(people: Iterable[User], asker: int) -> list[User]:
    return list({person.pk: person for person in people if person.pk != asker}.values())
