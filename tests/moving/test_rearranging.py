"""Merging, splitting and converting threads, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.moving import actions
from communities.moving.models import Surgery
from communities.polls import actions as polls
from communities.questions import actions as questions
from communities.questions.models import GoodAnswer, QuestionDetail
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.models import Post
from intranet.notify.following import follow
from intranet.notify.models import Follow
from intranet.posting import actions as posting
from intranet.search.models import SearchEntry
from tests.factories import threads as make


def refused(deed) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.verdict.code


@pytest.fixture
def twins(cast):
    """Two questions about the same, each with an answer, and a comment on the second one's."""
    first = make.question(cast.noa, cast.open, "Why does it drift?", "First asks.", tags=["drift"])
    make.answer(cast.alex, first, "First answer.")
    second = make.question(cast.hiba, cast.open, "It drifts again", "Second asks.", tags=["heat"])
    answered = make.answer(cast.alex, second, "Second answer.")
    make.comment(cast.hiba, answered, "Second comment.")
    make.comment(cast.alex, second, "On the question.")
    return first, second


MERGED = [
    (0, "question", "First asks.", ""),
    (1, "answer", "First answer.", "First asks."),
    (2, "comment", "Second asks.", "First asks."),
    (3, "answer", "Second answer.", "First asks."),
    (4, "comment", "Second comment.", "Second answer."),
    (5, "comment", "On the question.", "First asks."),
]


def test_a_merged_question_brings_its_answers_and_an_undo_takes_them_back(cast, twins, outline):
    first, second = twins
    before = [outline(first), outline(second)]
    questions.accept(actor=cast.hiba, question=second, answer=Post.objects.get(text="Second answer."))
    surgery = actions.merge(actor=cast.owner, thread=second, into=first)
    assert outline(first) == MERGED
    assert QuestionDetail.objects.filter(post=second).count() == 0
    actions.undo(actor=cast.owner, surgery=surgery)
    assert [outline(first), outline(second)] == before
    detail = QuestionDetail.objects.get(post=second)
    assert (detail.state, detail.accepted.text, detail.accepted_by) == ("solved", "Second answer.", cast.hiba)
    assert Post.objects.get(pk=second.pk).title == "It drifts again"


def test_followers_and_topics_go_along_and_back(cast, twins):
    first, second = twins
    follow(person=cast.outsider, level="watching", post=second)
    follow(person=cast.km, level="watching", post=second)
    follow(person=cast.km, level="muted", post=first)
    surgery = actions.merge(actor=cast.owner, thread=second, into=first)
    levels = dict(Follow.objects.filter(post=first).values_list("person__username", "level"))
    assert levels == {"outsider": "watching", "km": "muted"}
    assert sorted(first.tags.values_list("name", flat=True)) == ["drift", "heat"]
    actions.undo(actor=cast.owner, surgery=surgery)
    assert dict(Follow.objects.filter(post=first).values_list("person__username", "level")) == {"km": "muted"}
    assert dict(Follow.objects.filter(post=second).values_list("person__username", "level")) == {
        "outsider": "watching",
        "km": "watching",
    }
    assert [list(post.tags.values_list("name", flat=True)) for post in (first, second)] == [
        ["drift"],
        ["heat"],
    ]


def test_what_was_written_after_a_merge_stays_with_what_it_is_about(cast, twins, outline):
    first, second = twins
    surgery = actions.merge(actor=cast.owner, thread=second, into=first)
    make.answer(cast.hiba, Post.objects.get(pk=first.pk), "Late answer.")
    make.comment(cast.noa, Post.objects.get(text="Second answer."), "Late comment.")
    actions.undo(actor=cast.owner, surgery=surgery)
    assert outline(first)[1:] == [
        (1, "answer", "First answer.", "First asks."),
        (2, "answer", "Late answer.", "First asks."),
    ]
    assert outline(second)[-1] == (4, "comment", "Late comment.", "Second answer.")


def test_a_form_that_was_open_during_a_merge_is_an_answer_where_the_question_is_now(cast, twins, outline):
    first, second = twins
    actions.merge(actor=cast.owner, thread=second, into=first)
    late = questions.answer(author=cast.noa, question=second, source="Typed before.").post
    assert (late.root_id, late.parent_id, late.kind, late.number) == (first.pk, first.pk, "answer", 6)


def test_a_talk_splits_with_what_hangs_on_it_and_closes_the_gap(cast, outline):
    talk = make.discussion(cast.noa, cast.open, source="Talk.")
    one = make.reply(cast.alex, talk, "One.")
    two = make.reply(cast.hiba, talk, "Two.")
    make.reply(cast.noa, two, "On two.")
    make.reply(cast.alex, one, "On one.")
    make.reply(cast.hiba, talk, "Three.")
    before = outline(talk)
    posting.react(person=cast.noa, post=two, value=1)
    surgery = actions.split(actor=cast.owner, posts=[two], title="Something else", kind="question")
    assert outline(talk)[1:] == [
        (1, "reply", "One.", "Talk."),
        (2, "reply", "On one.", "One."),
        (3, "reply", "Three.", "Talk."),
    ]
    assert outline(two) == [(0, "question", "Two.", ""), (1, "answer", "On two.", "Two.")]
    two.refresh_from_db()
    assert (two.title, two.score) == ("Something else", 1)
    assert QuestionDetail.objects.get(post=two).state == "answered"
    actions.undo(actor=cast.owner, surgery=surgery)
    assert outline(talk) == before
    two.refresh_from_db()
    assert (two.title, two.root_id, QuestionDetail.objects.filter(post=two).count()) == ("", talk.pk, 0)


def test_a_discussion_becomes_a_question_and_back(cast, outline):
    talk = make.discussion(cast.noa, cast.open, source="Talk.")
    one = make.reply(cast.alex, talk, "One.")
    deeper = make.reply(cast.hiba, one, "Deep.")
    make.reply(cast.noa, deeper, "Deeper.")
    before = outline(talk)
    surgery = actions.convert(actor=cast.noa, thread=talk, kind="question")
    assert outline(talk) == [
        (0, "question", "Talk.", ""),
        (1, "answer", "One.", "Talk."),
        (2, "comment", "Deep.", "One."),
        (3, "comment", "Deeper.", "One."),
    ]
    assert QuestionDetail.objects.get(post=talk).state == "answered"
    actions.undo(actor=cast.noa, surgery=surgery)
    assert outline(talk) == before
    assert QuestionDetail.objects.count() == 0


def test_a_question_without_an_answer_that_was_a_talk_is_promised_and_sent_to_somebody(cast):
    talk = make.discussion(cast.noa, cast.open)
    actions.convert(actor=cast.owner, thread=talk, kind="question")
    detail = QuestionDetail.objects.get(post=talk)
    assert detail.state == "unanswered" and detail.due > timezone.now()


def test_an_accepted_answer_that_becomes_a_comment_leaves_the_question_open(cast, twins):
    first, _second = twins
    chosen = Post.objects.get(text="First answer.")
    questions.accept(actor=cast.noa, question=first, answer=chosen)
    surgery = actions.recast(actor=cast.owner, post=chosen, kind="comment")
    detail = QuestionDetail.objects.get(post=first)
    assert (detail.state, detail.accepted) == ("unanswered", None)
    actions.undo(actor=cast.owner, surgery=surgery)
    detail.refresh_from_db()
    assert (detail.state, detail.accepted, detail.accepted_by) == ("solved", chosen, cast.noa)


def test_a_good_answer_that_becomes_a_comment_is_praised_again_after_the_undo(cast, twins):
    good = Post.objects.get(text="First answer.")
    GoodAnswer.objects.create(answer=good, by=cast.noa)
    surgery = actions.recast(actor=cast.owner, post=good, kind="comment")
    assert GoodAnswer.objects.count() == 0
    actions.undo(actor=cast.owner, surgery=surgery)
    assert GoodAnswer.objects.get().answer == good


def test_a_comment_becomes_an_answer(cast, twins, outline):
    _first, second = twins
    said = Post.objects.get(text="On the question.")
    actions.recast(actor=cast.owner, post=said, kind="answer")
    assert outline(second)[3] == (3, "answer", "On the question.", "Second asks.")


def test_who_may(cast, twins):
    first, second = twins
    answer = Post.objects.get(text="First answer.")
    assert refused(lambda: actions.merge(actor=cast.hiba, thread=second, into=first)) == "not_moderator"
    assert (
        refused(lambda: actions.split(actor=cast.noa, posts=[answer], title="T", kind="idea"))
        == "not_moderator"
    )
    assert refused(lambda: actions.convert(actor=cast.alex, thread=first, kind="idea")) == "not_moderator"
    assert refused(lambda: actions.recast(actor=cast.noa, post=answer, kind="comment")) == "not_moderator"
    assert actions.recast(actor=cast.alex, post=answer, kind="comment").kind == "recast"  # their own
    assert refused(lambda: actions.merge(actor=cast.owner, thread=first, into=first)) == "same_thread"
    talk = make.discussion(cast.noa, cast.open)
    assert refused(lambda: actions.merge(actor=cast.owner, thread=talk, into=first)) == "kinds_differ"


def test_a_thread_with_a_poll_is_not_merged_away(cast):
    one, two = (make.discussion(cast.noa, cast.open, title) for title in ("One", "Two"))
    polls.put(actor=cast.noa, thread=one, question="When?", options=["Now", "Later"])
    assert refused(lambda: actions.merge(actor=cast.owner, thread=one, into=two)) == "has_poll"


@pytest.mark.parametrize("scope", ["replies", "edits", "votes", "attachments", "all"])
def test_no_lock_is_escaped(cast, twins, scope):
    first, second = twins
    answer = Post.objects.get(text="Second answer.")
    comment = Post.objects.get(text="Second comment.")
    make.lock(cast.moderator, answer, scope)
    for deed in (
        lambda: actions.split(actor=cast.owner, posts=[answer], title="T", kind="idea"),
        lambda: actions.split(actor=cast.owner, posts=[comment], title="T", kind="idea"),
        lambda: actions.recast(actor=cast.owner, post=answer, kind="comment"),
    ):
        assert refused(deed) == "locked"
    make.lock(cast.moderator, first, scope, clause=answer.locks.get().clause)
    assert refused(lambda: actions.merge(actor=cast.owner, thread=second, into=first)) == "locked"
    assert refused(lambda: actions.convert(actor=cast.owner, thread=first, kind="idea")) == "locked"


def test_an_undo_comes_within_a_day_and_in_order(cast, twins):
    first, second = twins
    merged = actions.merge(actor=cast.owner, thread=second, into=first)
    converted = actions.convert(actor=cast.owner, thread=first, kind="discussion")
    assert refused(lambda: actions.undo(actor=cast.owner, surgery=merged)) == "not_the_last"
    actions.undo(actor=cast.owner, surgery=converted)
    actions.undo(actor=cast.owner, surgery=merged)
    assert actions.undo(actor=cast.owner, surgery=merged).undone_by == cast.owner  # again: nothing more
    late = actions.convert(actor=cast.owner, thread=first, kind="discussion")
    Surgery.objects.filter(pk=late.pk).update(at=timezone.now() - timedelta(hours=25))
    assert refused(lambda: actions.undo(actor=cast.owner, surgery=late)) == "too_late"


def test_what_is_found_follows(cast, twins):
    first, second = twins
    readers.catch_up_all()
    surgery = actions.merge(actor=cast.owner, thread=second, into=first)
    readers.catch_up_all()
    assert (
        SearchEntry.objects.get(post=second).type
        == SearchEntry.objects.get(post__text="Second comment.").type
    )
    incremental = list(
        SearchEntry.objects.exclude(post=None).order_by("post").values_list("post", "type", "title", "vector")
    )
    readers.rebuild(readers.reader_named("search"))
    assert (
        list(
            SearchEntry.objects.exclude(post=None)
            .order_by("post")
            .values_list("post", "type", "title", "vector")
        )
        == incremental
    )
    actions.undo(actor=cast.owner, surgery=surgery)
    readers.catch_up_all()
    assert SearchEntry.objects.get(post=second).type == "question"
