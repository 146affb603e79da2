"""Questions in queues, for one reader, in one community or in all that are theirs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from communities.queues.kinds import QUEUES
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User


def questions_for(reader: User, space: Space | None = None) -> QuerySet[Post]:
    """Published questions of `space`, or of the communities that `reader` is a member of."""
    questions = Post.objects.visible_to(reader).published().threads().filter(kind=PostKind.QUESTION)
    if space:
        return questions.filter(space=space)
    return questions.filter(space__in=list(reader.space_roles), space__archived_at=None)


def counts(questions: QuerySet[Post], now: datetime) -> dict[str, int]:
    """How many of `questions` are in each queue; one query."""
    return questions.aggregate(
        **{name: Count("pk", filter=Q(queue.where(now))) for name, queue in QUEUES.items()}
    )
