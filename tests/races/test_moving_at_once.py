"""Threads that are moved, merged, split and put back while others write in them, with real threads on PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db.models import F

from communities.moving import actions as moving
from communities.moving.models import Surgery
from communities.polls import actions as polls
from communities.polls.models import Ballot, Choice
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.threads import actions as talks
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.posting import actions as posting
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast
from tests.races.test_writing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25
ALLOWED = {
    "moving",
    "not_found",
    "not_the_last",
    "kinds_differ",
    "not_a_thread",
    "already_there",
    "not_one_thread",
}


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.KESHER_RATE_LIMITS = False
    return make_cast()


def nothing_is_astray() -> None:
    """Every post stands in a thread of its space, below a post of that thread, and numbers have no gap."""
    below = Post.objects.filter(root__isnull=False)
    assert list(below.exclude(space=F("root__space"))) == []
    assert list(below.filter(root__root__isnull=False)) == []
    assert list(below.exclude(parent=F("root")).exclude(parent__root=F("root"))) == []
    for root in Post.objects.filter(root=None):
        numbers = list(below.filter(root=root).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert root.reply_count == len(numbers)
    for answer in below.filter(kind=PostKind.ANSWER):
        assert (answer.parent_id, answer.root.kind) == (answer.root_id, PostKind.QUESTION)
    assert set(QuestionDetail.objects.values_list("post", flat=True)) == set(
        Post.objects.filter(root=None, kind=PostKind.QUESTION).values_list("pk", flat=True)
    )
    for detail in QuestionDetail.objects.all():
        answered = below.filter(root=detail.post, kind=PostKind.ANSWER).exists()
        assert detail.state == ("answered" if answered else "unanswered")


def outcomes_of(*deeds: Any) -> list[Any]:
    """What `deeds` ended in when they began together; no refusal but those that somebody else's deed explains."""
    outcomes = at_once(*deeds)
    assert {each.verdict.code for each in outcomes if isinstance(each, Refused)} <= ALLOWED
    return outcomes


def test_no_reply_is_lost_or_left_behind_when_its_thread_moves(cast):
    for n in range(ROUNDS):
        talk = make.discussion(cast.noa, cast.open, f"Race {n}")
        first = make.reply(cast.noa, talk, "first")
        outcomes = outcomes_of(
            partial(talks.reply, author=cast.noa, parent=talk, source="one"),
            partial(moving.move, actor=cast.owner, thread=talk, target=cast.secret),
            partial(talks.reply, author=cast.alex, parent=first, source="two"),
            partial(posting.react, person=cast.alex, post=first, value=1),
        )
        assert [each for each in outcomes if isinstance(each, Refused)] == []
        assert Post.objects.filter(root=talk, space=cast.secret).count() == 3
    nothing_is_astray()


def test_merging_against_answers_and_comments(cast):
    for n in range(ROUNDS):
        one, two = (make.question(cast.noa, cast.open, f"{name} {n}") for name in ("One", "Two"))
        answer = make.answer(cast.alex, one, "first")
        outcomes_of(
            partial(questions.answer, author=cast.hiba, question=one, source="late"),
            partial(moving.merge, actor=cast.owner, thread=one, into=two),
            partial(talks.comment, author=cast.noa, parent=answer, source="comment"),
            partial(questions.answer, author=cast.alex, question=two, source="there"),
        )
        assert Post.objects.filter(root=two).count() == 5
        assert Post.objects.filter(text="late").exclude(kind=PostKind.ANSWER).count() == 0
    nothing_is_astray()


def test_two_threads_merged_into_each_other_at_once(cast):
    """The order of the locks is that of the ids, whichever way round the two are named."""
    for n in range(ROUNDS):
        one, two = (make.discussion(cast.noa, cast.open, f"{name} {n}") for name in ("One", "Two"))
        outcomes = outcomes_of(
            partial(moving.merge, actor=cast.owner, thread=one, into=two),
            partial(moving.merge, actor=cast.moderator, thread=two, into=one),
            partial(talks.reply, author=cast.alex, parent=one, source="one"),
            partial(talks.reply, author=cast.hiba, parent=two, source="two"),
        )
        assert sum(isinstance(each, Surgery) for each in outcomes) == 1
    nothing_is_astray()


def test_splitting_converting_and_putting_back_against_writers_and_readers_of_the_log(cast):
    for n in range(ROUNDS):
        talk = make.discussion(cast.noa, cast.open, f"Talk {n}")
        part = make.reply(cast.alex, talk, "part")
        surgery = moving.convert(actor=cast.owner, thread=talk, kind="question")
        asked = Post.objects.get(pk=talk.pk)
        outcomes_of(
            partial(moving.split, actor=cast.owner, posts=[part], title="Part", kind="question"),
            partial(moving.undo, actor=cast.moderator, surgery=surgery),
            partial(talks.reply, author=cast.hiba, parent=talk, source="late to the talk"),
            partial(questions.answer, author=cast.alex, question=asked, source="late to the question"),
            partial(talks.comment, author=cast.noa, parent=part, source="on the part"),
            readers.catch_up_all,
        )
    nothing_is_astray()


def test_one_ballot_a_person_whatever_is_pressed_at_once(cast):
    poll = polls.put(
        actor=cast.noa,
        thread=make.discussion(cast.noa, cast.open),
        question="Which?",
        options=["A", "B", "C"],
    )
    options = list(poll.options.values_list("pk", flat=True))
    for _n in range(10):
        at_once(
            *(
                lambda option=option, who=who: polls.vote(person=who, poll=poll, options=[option])
                for who in (cast.alex, cast.hiba)
                for option in options
            )
        )
    assert Ballot.objects.filter(poll=poll).count() == 2
    assert Choice.objects.filter(option__poll=poll).count() == 2
