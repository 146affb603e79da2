"""Many people at the same moment, with real threads on a real PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from communities.joining.actions import join
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.threads import actions as talks
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.kinds import ReactionKind
from intranet.content.models import Post, Reaction
from intranet.moderation import locks
from intranet.posting import actions as posting
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
RACES = 300


@pytest.fixture
def cast(transactional_db: None, settings) -> Cast:
    settings.KESHER_RATE_LIMITS = False
    return make_cast()


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run `deeds` in threads that start together; results, or the refusals they ended in."""
    door = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            door.wait()
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result() for future in [pool.submit(run, deed) for deed in deeds]]


def test_no_reply_lands_after_a_lock(cast):
    """The lock's transaction, once it holds the row, counts the replies there are. Not one more may ever follow.

    `lock` snapshots inside the gate, so the number of replies is read in the same transaction, after the row lock was
    taken: whatever commits later is a reply behind the lock.
    """
    clause = make.clause()
    roots = [make.discussion(cast.noa, cast.open, f"Race {n}") for n in range(RACES)]
    counted: dict[int, int] = {}

    def lock(root: Post) -> Callable[[], Any]:
        def deed() -> None:
            with transaction.atomic():
                locks.lock(actor=cast.moderator, post=root, clause=clause, scope="replies")
                counted[root.pk] = Post.objects.filter(root=root).count()

        return deed

    landed = refused = 0
    for root in roots:
        outcomes = at_once(
            lambda root=root: talks.reply(author=cast.hiba, parent=root, source="one"),
            lock(root),
            lambda root=root: talks.reply(author=cast.alex, parent=root, source="two"),
        )
        refusals = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert {refusal.verdict.code for refusal in refusals} <= {"locked"}
        written = Post.objects.filter(root=root).count()
        assert written == counted[root.pk]
        assert written + len(refusals) == 2
        landed, refused = landed + written, refused + len(refusals)
    assert landed and refused, "the race was none: one side always won"


def test_numbers_in_a_thread_have_no_gap(cast):
    root = make.discussion(cast.noa, cast.open)
    writers = [cast.noa, cast.alex, cast.hiba, cast.owner]
    for n in range(15):
        at_once(
            *(lambda who=who, n=n: talks.reply(author=who, parent=root, source=f"{n}") for who in writers)
        )
    root.refresh_from_db()
    numbers = Post.objects.filter(root=root).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 61))
    assert root.reply_count == 60


def test_two_acceptances_leave_one(cast):
    asked = make.question(cast.noa, cast.open)
    answers = [make.answer(cast.alex, asked, "one"), make.answer(cast.hiba, asked, "two")]
    for _n in range(20):
        at_once(*(lambda a=a: questions.accept(actor=cast.noa, question=asked, answer=a) for a in answers))
        detail = QuestionDetail.objects.get(post=asked)
        assert detail.accepted in answers and detail.state == "solved"
    accepted = Event.objects.filter(verb="accepted").count()
    taken_back = Event.objects.filter(verb="unaccepted").count()
    assert accepted - taken_back == 1


def test_the_same_vote_twice_counts_once(cast):
    asked = make.question(cast.noa, cast.open)
    for value in (1, -1, 1, 0, 1):
        at_once(*[lambda value=value: posting.react(person=cast.hiba, post=asked, value=value)] * 4)
        asked.refresh_from_db()
        assert asked.score == value
    assert Reaction.objects.filter(post=asked, kind=ReactionKind.VOTE).count() == 1


def test_votes_of_many_add_up(cast):
    asked = make.question(cast.noa, cast.open)
    voters = [cast.alex, cast.hiba, cast.owner, cast.outsider, cast.km, cast.moderator]
    at_once(*(lambda who=who: posting.react(person=who, post=asked, value=1) for who in voters))
    asked.refresh_from_db()
    assert asked.score == len(voters)


def test_a_retried_form_posts_once(cast):
    for n in range(20):
        written = at_once(
            *[lambda n=n: questions.ask(author=cast.noa, space=cast.open, title="Why?", client_token=f"t{n}")]
            * 4
        )
        assert len({result.post.pk for result in written}) == 1
        assert sum(result.created for result in written) == 1
    assert Post.objects.count() == 20


def test_joining_twice_at_once_makes_one_member(cast):
    at_once(*[lambda: join(person=cast.outsider, space=cast.open)] * 4)
    assert cast.open.memberships.filter(person=cast.outsider).count() == 1
    assert Event.objects.filter(verb="joined", actor=cast.outsider).count() == 1
