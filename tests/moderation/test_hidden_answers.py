"""An answer that moderation hides takes its question along: state, acceptance, clock and asker; showing it gives back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from experts.evidence.models import Evidence
from intranet.activity import readers
from intranet.content.models import Post
from intranet.moderation import actions
from intranet.moderation.cases.deciding import undo
from intranet.moderation.models import Decision
from intranet.notify.models import Notification
from tests.factories import threads as make


@pytest.fixture
def asked(cast) -> Post:
    return make.question(cast.noa, cast.open)


@pytest.fixture
def accepted(cast, asked) -> Post:
    answered = make.answer(cast.alex, asked)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    return answered


def detail(asked: Post) -> QuestionDetail:
    return QuestionDetail.objects.get(post=asked)


def hide(cast, clause, post: Post) -> Decision:
    case = actions.flag(reporter=cast.hiba, post=post, clause=clause).case
    return actions.decide(actor=cast.moderator, case=case, outcome="hide", clause=clause, note="Names.")


def test_hiding_the_accepted_answer_lets_the_question_wait_again(cast, clause, asked, accepted) -> None:
    hide(cast, clause, accepted)
    now = detail(asked)
    assert (now.state, now.accepted, now.accepted_by, now.first_answer) == ("unanswered", None, None, None)
    readers.catch_up_all()
    told = Notification.objects.filter(event__verb="unsettled").values_list("recipient__username", flat=True)
    assert list(told) == ["noa"]


def test_taking_the_decision_back_restores_acceptance_and_who_said_so(cast, clause, asked, accepted) -> None:
    before = detail(asked)
    undo(actor=cast.moderator, decision=hide(cast, clause, accepted))
    now = detail(asked)
    facts = ("state", "accepted_id", "accepted_by_id", "accepted_at", "first_answer")
    assert [getattr(now, name) for name in facts] == [getattr(before, name) for name in facts]


def test_evidence_goes_and_comes_back_with_the_answer(cast, clause, asked, accepted) -> None:
    readers.catch_up_all()
    counted = lambda: Evidence.objects.counting().filter(person=cast.alex).count()  # noqa: E731
    before = counted()
    decision = hide(cast, clause, accepted)
    readers.catch_up_all()
    assert counted() == 0
    undo(actor=cast.moderator, decision=decision)
    readers.catch_up_all()
    assert counted() == before > 0


def test_another_answer_keeps_it_answered_and_one_accepted_since_stays(cast, clause, asked, accepted) -> None:
    other = make.answer(cast.owner, asked)
    decision = hide(cast, clause, accepted)
    assert (detail(asked).state, detail(asked).accepted) == ("answered", None)
    questions.accept(actor=cast.noa, question=asked, answer=other)
    undo(actor=cast.moderator, decision=decision)
    assert (detail(asked).state, detail(asked).accepted) == ("solved", other)


def test_the_time_with_an_answer_does_not_count_against_the_promise(cast, clause) -> None:
    begun = timezone.now() - timedelta(days=14)
    asked = make.question(cast.noa, cast.open, at=begun)
    answered = make.answer(cast.alex, asked, at=begun + timedelta(hours=1))
    hide(cast, clause, answered)
    assert detail(asked).state == "unanswered"
    assert detail(asked).due > timezone.now()


def test_flags_that_hide_an_answer_settle_its_question_until_somebody_looked(
    cast, clause, asked, accepted, monkeypatch
) -> None:
    monkeypatch.setattr("intranet.moderation.cases.weighing.hides", lambda flags: True)
    case = actions.flag(reporter=cast.hiba, post=accepted, clause=clause).case
    assert detail(asked).state == "unanswered"
    actions.decide(actor=cast.moderator, case=case, outcome="no_action", clause=clause)
    assert (detail(asked).state, detail(asked).accepted) == ("solved", accepted)


def test_words_taken_out_leave_mentions_of_groups_links(cast, clause) -> None:
    post = make.discussion(cast.noa, cast.open, source="Ask @c/open-talk, not Ferid.")
    case = actions.flag(reporter=cast.hiba, post=post, clause=clause).case
    from intranet.moderation.cases.outcomes import Means

    actions.decide(
        actor=cast.moderator, case=case, outcome="redact", clause=clause, note="", means=Means(words="Ferid")
    )
    post.refresh_from_db()
    assert "Ferid" not in post.html
    assert 'href="/c/open-talk/"' in post.html
