"""My communities with what is open in them, and the policies I have not acknowledged yet."""

from __future__ import annotations

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.questions.models import QuestionState
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Space
from intranet.people.models import User
from intranet.policies.models import Acknowledgement, Audience, PolicyVersion
from intranet.ui.frame import Place, provides

MOST_COMMUNITIES = 12


def my_communities(person: User) -> QuerySet[Space]:
    """The person's communities with `unanswered`, `late` and `latest`; one query."""
    unanswered = Q(
        posts__kind=PostKind.QUESTION,
        posts__state=PostState.PUBLISHED,
        posts__question_detail__state=QuestionState.UNANSWERED,
    )
    late = unanswered & Q(posts__question_detail__due__lt=timezone.now())
    return (
        Space.objects.joined_by(person)
        .communities()
        .filter(archived_at=None)
        .annotate(
            unanswered=Count("posts", filter=unanswered),
            late=Count("posts", filter=late),
            latest=Max("posts__last_activity", filter=Q(posts__state=PostState.PUBLISHED)),
        )
        .order_by("-unanswered", "name")[:MOST_COMMUNITIES]
    )


def policies_to_acknowledge(person: User) -> QuerySet[PolicyVersion]:
    """Current versions of policies written for the person, and not acknowledged by them.

    What is for managers waits for those who manage somebody, what is for guests waits for guests.
    """
    acknowledged = Acknowledgement.objects.filter(version=OuterRef("pk"), person=person)
    due = PolicyVersion.objects.current_for(person).exclude(Exists(acknowledged))
    if not person.is_guest:
        due = due.exclude(policy__audience=Audience.GUESTS)
    manages = User.objects.active().filter(manager=person)
    return due.filter(~Q(policy__audience=Audience.MANAGERS) | Exists(manages)).select_related("policy")


@provides("policies_due")
def policies_due(person: User) -> int:
    return policies_to_acknowledge(person).count()


@provides("desks")
def desks(person: User) -> list[Place]:
    """The gallery, for those who work on the pages themselves."""
    return [Place(_("Components"), "/ui/", "sliders-horizontal")] if person.is_staff else []
