"""Who answers for an article being true, step by step, and the calendar that calls them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from communities.joining.requests import deciders
from communities.reviewing.calendar import knowledge_managers
from intranet.access import visibility
from intranet.activity.log import record
from intranet.content.kinds import PostState
from intranet.people.models import User
from intranet.settings.product import ARTICLE_FALLBACK_DAYS, ARTICLE_MANAGERS_DAYS
from kms.articles.models import ArticlePage, ReviewCall, Step
from kms.articles.verbs import ARTICLE_DUE, ARTICLE_OVERDUE

AFTER = {
    Step.OWNER: timedelta(0),
    Step.FALLBACK: timedelta(days=ARTICLE_FALLBACK_DAYS),
    Step.MANAGERS: timedelta(days=ARTICLE_MANAGERS_DAYS),
}
"""How long after the review was due each step is taken."""
MOST = 500
"""Articles of one run; the next one goes on."""


def answering(page: ArticlePage) -> list[User]:
    """Who is asked first: the owner, else the fall-back owner, else those who run the community."""
    for person in (page.keeper, page.fallback):
        if person and _reads(person, page):
            return [person]
    return _others(deciders(page.space), page)


def _reads(person: User, page: ArticlePage) -> bool:
    return person.is_active and visibility.enters_space(person, page.space)


def _others(people: list[User], page: ArticlePage) -> list[User]:
    return [person for person in people if _reads(person, page)]


def audience(page: ArticlePage, step: Step) -> list[User]:
    """Who is told at `step`; only people who can read the article."""
    match step:
        case Step.OWNER:
            return answering(page)
        case Step.FALLBACK:
            stand_in = [page.fallback] if page.fallback else deciders(page.space)
            return _others(stand_in, page)
        case _:
            return _others(knowledge_managers(page.space), page)


def call(now: datetime | None = None) -> int:
    """Tell of every review that is due, once for each step; how many people were told. Safe to run twice at once."""
    moment = now or timezone.now()
    due = ArticlePage.objects.filter(
        live=True, review_due__lte=moment, post__state=PostState.PUBLISHED, space__archived_at=None
    )
    ids = list(due.order_by("review_due").values_list("pk", flat=True)[:MOST])
    return sum(_call_for(pk, moment) for pk in ids)


def _call_for(pk: int, now: datetime) -> int:
    with transaction.atomic():
        page = ArticlePage.objects.select_for_update(of=("self",)).with_people().get(pk=pk)
        if page.review_due is None or page.review_due > now:
            return 0
        steps = [step for step, after in AFTER.items() if page.review_due + after <= now]
        return sum(_tell(page, step, person, now) for step in steps for person in audience(page, step))


def _tell(page: ArticlePage, step: Step, person: User, now: datetime) -> bool:
    _row, new = ReviewCall.objects.get_or_create(
        article=page, due=page.review_due, step=step, person=person, defaults={"at": now}
    )
    if new:
        verb = ARTICLE_DUE if step == Step.OWNER else ARTICLE_OVERDUE
        record(verb, person, about=person, post=page.post, at=now)
    return new
