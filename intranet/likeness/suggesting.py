"""Looking at new posts: one that is like those decided under a clause comes to the queue as a suggestion, and no more."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.audit import trail
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.likeness.bayes import Counts, Guess, guess
from intranet.likeness.models import Learned, Likeness, LikenessSwitch
from intranet.moderation.actions import report_by_rule
from intranet.moderation.kinds import FlagSource
from intranet.moderation.models import Case, Flag
from intranet.people.models import User
from intranet.policies.naming import clause_named
from intranet.settings.product import LIKENESS_AT_ONCE, LIKENESS_MIN, LIKENESS_THRESHOLD

NAME = "≈"
"""Stands in `Flag.rule`, where no rule of people can have the same name by chance."""

SETTLED = timedelta(minutes=1)
"""A post is looked at once transactions that began before it have ended, so that none is passed over."""


def is_on() -> bool:
    """Whether suggestions are made."""
    return LikenessSwitch.objects.values_list("on", flat=True).first() or False


def switch(*, actor: User, on: bool) -> None:
    """Make suggestions, or none: the wanted state. For moderators of the whole organisation; raises `Refused`."""
    if not actor.moderates_everywhere:
        raise Refused(refuse("not_moderator", _("Only moderators of the whole organisation can do that.")))
    if is_on() == on:
        return
    with transaction.atomic():
        LikenessSwitch.objects.create(on=on, by=actor)
        trail.write("likeness_on" if on else "likeness_off", actor)


def suggest() -> int:
    """Look at what was written since the last time; how many suggestions were made. Safe to run twice."""
    if not is_on():
        return 0
    with transaction.atomic():
        learned = Learned.objects.select_for_update(no_key=True).order_by("-number").first()
        if learned is None:
            return 0
        counts, made = Counts.of(learned.counts), 0
        fresh = Post.objects.filter(pk__gt=learned.read_to, created__lt=timezone.now() - SETTLED)
        for post in fresh.select_related("space").order_by("pk")[:LIKENESS_AT_ONCE]:
            made += _look_at(post, counts, learned)
            learned.read_to = post.pk
        learned.save(update_fields=["read_to"])
        return made


def _look_at(post: Post, counts: Counts, learned: Learned) -> bool:
    """Suggest `post` for a look when it is like decided ones; never one that was decided before."""
    if post.state != PostState.PUBLISHED or Case.objects.filter(post=post, state="decided").exists():
        return False
    found = guess(counts, f"{post.title}\n{post.text}", least=LIKENESS_MIN, threshold=LIKENESS_THRESHOLD)
    return found is not None and _report(post, found, learned) is not None


def _report(post: Post, found: Guess, learned: Learned) -> Flag | None:
    clause = clause_named(found.label)
    if clause is None:
        return None
    Post.objects.select_for_update(no_key=True).get(pk=post.thread_id)
    flag = report_by_rule(
        post=post, clause=clause, rule=NAME, note="", weight=0.0, source=FlagSource.CLASSIFIER
    )
    facts = {"learned": learned, "likelihood": found.likelihood, "words": list(found.words)}
    Likeness.objects.update_or_create(flag=flag, defaults=facts)
    return flag
