"""What follows when a question or an answer that was looked at first is published."""

from __future__ import annotations

from communities.asking.addressing import send
from communities.questions import states
from communities.questions.models import QuestionDetail
from communities.questions.promises import due_in
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation.cases.seams import when_published


@when_published
def start_the_clock(post: Post) -> None:
    """A question is promised an answer, and routed, from when it can be read; an answer settles its question."""
    if post.kind == PostKind.QUESTION:
        QuestionDetail.objects.filter(post=post).update(due=due_in(post.space, post.created))
        states.settle(post, post.created)
        send(post, topics=[tag.name for tag in post.tags.all()], at=post.created)
    elif post.kind == PostKind.ANSWER:
        states.settle(post.thread, post.created)
