"""Trying a rule before it is saved: against a text, and against what was written in the last month.

Only posts that the person sees are looked at and counted. What is shown has personal data covered.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.rules.counting import count, written_lately
from intranet.rules.facts import LINK_TYPED
from intranet.rules.judging import Rule, RuleSet, Said
from intranet.rules.models import Trial
from intranet.rules.personal import masked
from intranet.rules.tasks import count_trial
from intranet.runtime.tasks import enqueue_once
from intranet.settings.product import RULE_TRY_AT_ONCE

AROUND = 80
"""Characters that are shown on each side of what was found."""


@dataclass(frozen=True)
class Sample:
    """A post of which a tried rule speaks: what it found there, with some words before and after."""

    post: Post
    before: str
    found: str
    after: str


def try_text(rule: Rule, text: str) -> str | None:
    """What `rule` finds in `text`, which somebody typed to try it: "" when it found nothing to quote; None when silent."""
    hits = RuleSet([replace(rule, tag="", newer_than=0)]).judge(
        Said(text=text, links=len(LINK_TYPED.findall(text)))
    )
    return hits[0].excerpt if hits else None


def try_on_posts(*, person: User, rule: Rule, space: Space | None) -> Trial:
    """Try `rule` on the posts of the last month that `person` sees, in `space` or everywhere; in the background when
    they are many."""
    trial = Trial.objects.create(by=person, rule=asdict(rule), space=space)
    if written_lately(trial, person).count() <= RULE_TRY_AT_ONCE:
        return count(trial)
    enqueue_once(count_trial, trial.pk)
    return trial


def samples(trial: Trial, person: User) -> list[Sample]:
    """The examples of `trial` that `person` still sees, with what was found in each. A constant number of queries."""
    rows = (
        written_lately(trial, person).filter(pk__in=trial.samples).select_related("space", "root", "author")
    )
    rules = RuleSet([replace(trial.judged, tag="", newer_than=0)])
    return [_sample(post, rules) for post in rows.order_by("-created")]


def _sample(post: Post, rules: RuleSet) -> Sample:
    whole = masked(f"{post.title}\n{post.text}" if post.title else post.text)
    hits = rules.judge(Said(title=post.title, text=post.text))
    found = masked(hits[0].excerpt) if hits else ""
    place = whole.casefold().find(found.casefold()) if found else -1
    if place < 0:
        return Sample(post, "", found, whole[: 2 * AROUND])
    end = place + len(found)
    return Sample(post, whole[max(0, place - AROUND) : place], whole[place:end], whole[end : end + AROUND])
