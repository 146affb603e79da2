"""What hangs on the posts and people of the secret community: notes, seals, ready answers, held texts, rules, knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from communities.asking.opening import ask_to_open
from communities.canned.actions import save_canned
from communities.openings.actions import save_opening
from communities.promises.actions import explain
from intranet.content.models import Post, Space
from intranet.content.tagging import tags_named
from intranet.moderation.standing.actions import look_first
from intranet.notify.bookmarks import bookmark
from intranet.policies.models import ClauseVersion
from intranet.rules import actions as rules
from intranet.rules.models import Rule
from intranet.rules.trying import try_on_posts
from kms.articles import actions as articles
from kms.consent.models import Standing
from kms.introductions.actions import introduce
from kms.introductions.models import Arm, Candidate, Introduction, Kind
from kms.network.models import Snapshot
from kms.network.terms import State
from tests.access.words import BOTH, INTRODUCED
from tests.factories import threads as make
from tests.factories.cast import Cast, join


def plant_beside(
    cast: Cast, place: Space, posts: Sequence[Post], clause: ClauseVersion
) -> dict[str, list[str]]:
    """Plant the words beside `posts`, of which the first two are a question and its accepted answer; gives the ids."""
    asked, answered = posts[:2]
    for each in (cast.noa, cast.former):
        bookmark(person=each, post=asked, note=BOTH, remind_on=timezone.localdate())
    canned = save_canned(actor=cast.owner, space=place, name=BOTH, body=BOTH)
    save_opening(actor=cast.owner, space=place, kind="question", name="Fault", title=BOTH, body=BOTH)
    explain(actor=cast.owner, question=asked, reason=BOTH)
    rule = _rule(cast, place, clause)
    trial = try_on_posts(person=cast.owner, rule=rule.judged(), space=place)
    article = articles.promote(actor=cast.alex, answer=answered)
    articles.publish(actor=cast.alex, page=article)
    return {
        "row": [str(canned.pk)],
        "rule": [str(rule.pk)],
        "trial": [str(trial.pk)],
        "article": [article.key],
        "introduction": [str(_introduction(cast).pk)],
        "unsealing": [_sealed(cast, place)],
    }


def more_posts(cast: Cast, place: Space) -> list[Post]:
    """An urgent question, and a discussion that is held until somebody looked at it."""
    urgent = make.question(cast.hiba, place, f"Urgent {BOTH}", BOTH, urgent=BOTH)
    join(place, cast.newcomer)
    both = (cast.newcomer, cast.former)
    for each in both:
        look_first(actor=cast.owner, space=place, person=each, wanted=True)
    held = [make.discussion(each, place, f"Held {BOTH}", BOTH) for each in both]
    assert {post.state for post in held} == {"held"}
    return [urgent, *held]


def _rule(cast: Cast, place: Space, clause: ClauseVersion) -> Rule:
    facts = {"name": BOTH, "name_he": BOTH, "kind": "words", "what": BOTH, "action": "hint"}
    return rules.add(actor=cast.owner, clause=clause, space=place, **facts)


def _sealed(cast: Cast, place: Space) -> str:
    """The id of a request to open the name of an anonymous question."""
    sealed = make.question(cast.noa, place, f"Sealed {BOTH}", BOTH, anonymous=True)
    return ask_to_open(actor=cast.moderator2, question=sealed, reason=BOTH).public_id


def _introduction(cast: Cast) -> Introduction:
    """Two people who were asked to meet about a topic, with the reason that was given them."""
    low, high = sorted((cast.noa, cast.hiba), key=lambda each: each.pk)
    for each in (low, high):
        Standing.objects.create(person=each, introduced=True)
    (topic,) = tags_named([INTRODUCED])
    end = timezone.now() - timedelta(days=90)
    report = Snapshot.objects.create(
        asked_by=cast.km, start=end - timedelta(days=90), end=end, state=State.DONE
    )
    pair = Candidate.objects.create(
        low=low, high=high, snapshot=report, kind=Kind.choices[0][0], arm=Arm.OFFERED, topic=topic
    )
    return introduce(actor=cast.km, candidate=pair, pretext=INTRODUCED)
