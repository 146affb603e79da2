"""Counting of which posts of the last month a rule speaks that is being tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from intranet.content.kinds import DOCUMENT_KINDS
from intranet.content.models import Post, PostTag
from intranet.people.models import User
from intranet.rules.facts import LINK
from intranet.rules.judging import AGE, DISCLOSURE, VOLUME, RuleSet, Said
from intranet.rules.models import Trial
from intranet.settings.product import RULE_TRY_DAYS, RULE_TRY_SAMPLES

CHUNK = 500
"""Posts that are fetched at once."""


def written_lately(trial: Trial, person: User) -> QuerySet[Post]:
    """The published posts of the month before the trial that it speaks about; documents are not judged."""
    rows = Post.objects.visible_to(person).published().exclude(kind__in=DOCUMENT_KINDS)
    rows = rows.filter(created__gt=trial.at - timedelta(days=RULE_TRY_DAYS))
    return rows.filter(space=trial.space_id) if trial.space_id else rows


def count(trial: Trial) -> Trial:
    """Count the posts of which the rule of `trial` speaks and keep the latest as samples. Safe to run twice."""
    rules = RuleSet([replace(trial.judged, tag="")])
    looked_at, spoken = 0, []
    for pk, said in _all_said(trial):
        looked_at += 1
        if rules.judge(said):
            spoken.append(pk)
    trial.looked_at, trial.count = looked_at, len(spoken)
    trial.samples, trial.done_at = spoken[:RULE_TRY_SAMPLES], timezone.now()
    trial.save()
    return trial


def _all_said(trial: Trial) -> Iterator[tuple[int, Said]]:
    """What each post said, the latest first; only what the rule asks is fetched."""
    rule, rows = trial.judged, written_lately(trial, trial.by)
    if rule.tag:
        rows = rows.filter(pk__in=_under(rule.tag, rows))
    for post in _with_measures(rows, rule.kind).order_by("-created").iterator(chunk_size=CHUNK):
        yield post.pk, _said(post)


def _under(topic: str, rows: QuerySet[Post]) -> list[int]:
    """Posts whose thread has the topic, by either name."""
    named = PostTag.objects.filter(tag__name__iexact=topic) | PostTag.objects.filter(tag__name_he=topic)
    threads = set(named.values_list("post", flat=True))
    return [pk for pk, root in rows.values_list("pk", "root") if (root or pk) in threads]


def _with_measures(rows: QuerySet[Post], kind: str) -> QuerySet[Post]:
    posts = Post.objects.filter(created__lt=OuterRef("created")).order_by()
    rows = rows.annotate(came=F("author__created")).only("title", "text", "html", "created", "root")
    if kind == VOLUME:
        hour = posts.filter(author=OuterRef("author"), created__gt=OuterRef("created") - timedelta(hours=1))
        counted = hour.values("author").annotate(n=Count("pk")).values("n")
        rows = rows.annotate(in_the_hour=Coalesce(Subquery(counted), 0) + 1)
    if kind == AGE:
        thread = posts.filter(root=OuterRef("root")).order_by("-created").values("created")[:1]
        rows = rows.annotate(active=Coalesce(Subquery(thread), F("root__created")))
    if kind == DISCLOSURE:
        rows = rows.prefetch_related("disclosures")
    return rows


def _said(post: Any) -> Said:
    active: datetime | None = getattr(post, "active", None)
    kept = getattr(post, "_prefetched_objects_cache", {}).get("disclosures", ())
    return Said(
        title=post.title,
        text=post.text,
        tags=frozenset(),
        disclosures=frozenset(each.kind for each in kept),
        links=len(LINK.findall(post.html)),
        author_days=(post.created - post.came).days,
        author_posts_last_hour=getattr(post, "in_the_hour", 0),
        quiet_days=(post.created - active).days if active else 0,
    )
