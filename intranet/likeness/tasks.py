"""Background work of likeness."""

from __future__ import annotations

from django.tasks import task

from intranet.likeness import learning, suggesting
from intranet.runtime.surfaces import surface


@task()
@surface("shows nothing: counts of words in decided posts, as digests")
def learn_from_decisions() -> int:
    """Learn the next version where decisions teach something new; its number, or 0. Safe to run twice."""
    learned = learning.learn_anew() if suggesting.is_on() else None
    return learned.number if learned else 0


@task()
@surface("to moderators of the place of a post: that it is like others which were decided")
def suggest_cases() -> int:
    """Suggest cases among new posts; safe to run twice."""
    return suggesting.suggest()
