"""An author appeals, another moderator decides, and the first decision is marked, not erased."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.content.kinds import PostState
from intranet.moderation import actions, locks
from intranet.moderation.appeals.actions import appeal, decide_appeal
from intranet.moderation.appeals.fairness import like_cases, rates
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.models import Appeal, Decision, Lock
from tests.factories import threads as make
from tests.factories.cast import join


@pytest.fixture
def hidden(decide) -> Decision:
    return decide("hide")


@pytest.fixture
def appealed(cast, hidden) -> Appeal:
    return appeal(appellant=cast.noa, against=hidden, text="He asked me to.")


def test_an_appeal_never_lands_with_the_first_decider(cast, appealed, sign_in):
    offered = {
        name
        for name in ("moderator", "moderator2", "admin", "owner", "km", "noa", "alex")
        if Appeal.objects.open().for_moderator(getattr(cast, name)).exists()
    }
    assert offered == {"moderator2", "admin", "owner"}
    for person in (cast.moderator, cast.noa, cast.alex):
        with pytest.raises(Refused):
            decide_appeal(actor=person, appeal=appealed, overturned=True, note="No.")
    assert sign_in(cast.moderator).get(appealed.get_absolute_url()).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appealed.pk).update(decided_by=cast.moderator)


def test_an_overturned_decision_falls_and_stays_on_record(cast, appealed, hidden, question, sign_in):
    said = {"result": "overturned", "note": "It was asked for."}
    assert sign_in(cast.moderator2).post(appealed.get_absolute_url(), said).status_code == 302
    question.refresh_from_db()
    assert question.state == PostState.PUBLISHED
    row = Decision.objects.get()
    assert (row.outcome, row.overturned_at is not None) == ("hide", True)
    page = sign_in(cast.noa).get(appealed.get_absolute_url()).content.decode()
    assert "It was asked for." in page


def test_an_upheld_decision_stands(cast, appealed, hidden, question):
    decide_appeal(actor=cast.moderator2, appeal=appealed, overturned=False, note="It stays.")
    question.refresh_from_db()
    hidden.refresh_from_db()
    assert (question.state, hidden.stands) == (PostState.HIDDEN, True)
    with pytest.raises(Refused) as refused:
        decide_appeal(actor=cast.moderator2, appeal=appealed, overturned=True, note="Or not.")
    assert refused.value.verdict.code == "decided"


def test_the_author_alone_appeals_and_once(cast, hidden, appealed, sign_in):
    assert sign_in(cast.alex).get(f"/moderation/decisions/{hidden.pk}/appeal/").status_code == 404
    with pytest.raises(Refused) as refused:
        appeal(appellant=cast.noa, against=hidden, text="Again.")
    assert refused.value.verdict.code == "appealed"


def test_a_lock_without_a_case_is_appealed_from_its_notice(cast, clause, question, sign_in):
    lock = locks.lock(actor=cast.moderator, post=question, clause=clause, scope="replies")
    client = sign_in(cast.noa)
    page = client.get(f"/moderation/locks/{lock.pk}/").content.decode()
    assert "He breaks everything." in page  # the snapshot, to its author
    assert (
        "He breaks everything."
        not in sign_in(cast.hiba).get(f"/moderation/locks/{lock.pk}/").content.decode()
    )
    answer = client.post(f"/moderation/locks/{lock.pk}/appeal/", {"text": "Let them answer."})
    made = Appeal.objects.get()
    assert (answer.status_code, made.lock) == (302, lock)
    decide_appeal(actor=cast.moderator2, appeal=made, overturned=True, note="Yes.")
    assert Lock.objects.holding().count() == 0


def test_a_silenced_person_can_appeal_a_silence(cast, decide):

    decision = decide("silence", means=Means(hours=24))
    made = appeal(appellant=cast.noa, against=decision, text="It was not me.")
    decide_appeal(actor=cast.moderator2, appeal=made, overturned=True, note="Right.")
    make.discussion(cast.noa, cast.open, "Back")


def test_rates_are_shown_to_the_moderator_and_to_the_lead(cast, appealed, sign_in):

    decide_appeal(actor=cast.moderator2, appeal=appealed, overturned=True, note="Yes.")
    now = timezone.now()
    mine, by_clause = rates(cast.moderator, now)
    assert [(rate.decisions, rate.appealed, rate.overturned) for rate in mine] == [(1, 1, 1)]
    assert [rate.overturned for rate in by_clause] == [1]
    assert rates(cast.moderator2, now) == ([], [])
    lead, _clauses = rates(cast.admin, now)
    assert [rate.label for rate in lead] == ["Tomer Regev"]
    assert "Tomer Regev" not in sign_in(cast.moderator2).get("/moderation/fairness/").content.decode()


def test_like_cases_that_ended_unlike_are_found(cast, clause, hidden):

    other = make.discussion(cast.alex, cast.open, "Just as bad")
    case = actions.flag(reporter=cast.hiba, post=other, clause=clause).case
    actions.decide(actor=cast.moderator2, case=case, outcome="no_action", clause=clause)
    secret = make.discussion(cast.alex, cast.secret, "Nobody knows")
    join(cast.secret, cast.hiba)
    unseen = actions.flag(reporter=cast.hiba, post=secret, clause=clause).case
    actions.decide(actor=cast.owner, case=unseen, outcome="lock", clause=clause)
    groups = like_cases(cast.moderator, timezone.now())
    assert [(group.spread, group.outcomes) for group in groups] == [(3, {"No action": 1, "Hide": 1})]
