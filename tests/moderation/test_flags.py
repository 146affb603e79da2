"""How much a report counts, and what enough of them do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from intranet.access.verdict import Refused
from intranet.content.kinds import PostState
from intranet.moderation import actions
from intranet.moderation.cases.weighing import weight_from, weight_of
from intranet.moderation.models import Case, Flag
from intranet.settings.product import FLAGS_PER_DAY
from tests.factories import threads as make


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_weight_lies_between_nothing_and_two_and_follows_accuracy(upheld, other):
    weight = weight_from(upheld, upheld + other)
    assert 0 < weight < 2
    assert weight_from(upheld + 1, upheld + other + 1) > weight > weight_from(upheld, upheld + other + 1)


def test_who_is_new_weighs_one_and_decisions_move_it(cast, clause):
    assert weight_of(cast.alex) == 1.0
    for outcome, expected in (("hide", 1.2), ("no_action", 1.0), ("no_action", 6 / 7)):
        post = make.discussion(cast.noa, cast.open, f"Post {outcome}")
        case = actions.flag(reporter=cast.alex, post=post, clause=clause).case
        actions.decide(actor=cast.moderator, case=case, outcome=outcome, clause=clause)
        assert weight_of(cast.alex) == pytest.approx(expected)


def test_enough_flags_hide_a_post_until_somebody_has_looked(cast, clause, question):
    for person in (cast.alex, cast.hiba, cast.former):
        case = actions.flag(reporter=person, post=question, clause=clause).case
    question.refresh_from_db()
    assert question.state == PostState.PUBLISHED  # three people of weight one are not enough
    actions.flag(reporter=cast.outsider, post=question, clause=clause)
    question.refresh_from_db()
    case.refresh_from_db()
    assert question.state == PostState.HIDDEN
    assert case.due <= timezone.now() + timedelta(hours=4)
    actions.decide(actor=cast.moderator, case=case, outcome="no_action", clause=clause)
    question.refresh_from_db()
    assert question.state == PostState.PUBLISHED


def test_two_people_never_hide_a_post(cast, clause, question):
    case = actions.flag(reporter=cast.alex, post=question, clause=clause).case
    actions.flag(reporter=cast.hiba, post=question, clause=clause)
    Flag.objects.update(weight=1.9)
    question.refresh_from_db()
    assert (question.state, case.flags.count()) == (PostState.PUBLISHED, 2)


def test_reports_of_a_day_end(cast, clause):
    for n in range(FLAGS_PER_DAY):
        actions.flag(
            reporter=cast.alex, post=make.discussion(cast.noa, cast.open, f"Post {n}"), clause=clause
        )
    more = make.discussion(cast.noa, cast.open, "One more")
    with pytest.raises(Refused) as refused:
        actions.flag(reporter=cast.alex, post=more, clause=clause)
    assert refused.value.verdict.code == "too_many_flags"
    assert Case.objects.filter(post=more).count() == 0


def test_a_request_of_the_owner_and_a_rule_come_to_the_same_case(cast, clause, question):
    case = actions.flag(reporter=cast.owner, post=question, clause=clause, source="request").case
    actions.report_by_rule(post=question, clause=clause, rule="Phone numbers")
    actions.report_by_rule(post=question, clause=clause, rule="Phone numbers")
    assert sorted(case.flags.values_list("source", "weight")) == [("request", 2.0), ("rule", 1.0)]
    with pytest.raises(Refused):
        actions.flag(reporter=cast.alex, post=question, clause=clause, source="request")


def test_party_hand_over_and_notes(cast, case, clause, sign_in):
    client = sign_in(cast.moderator)
    step = f"{case.get_absolute_url()}step/"
    assert client.post(step, {"do": "note", "text": "Ferid asked twice."}).status_code == 302
    assert (
        client.post(step, {"do": "hand_over", "to": "moderator2", "note": "You know them."}).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.claimed_by == cast.moderator2
    with pytest.raises(Refused) as refused:
        actions.decide(actor=cast.moderator, case=case, outcome="hide", clause=clause)
    assert refused.value.verdict.code == "claimed"
    assert sign_in(cast.moderator2).post(step, {"do": "party"}).status_code == 302
    with pytest.raises(Refused) as refused:
        actions.decide(actor=cast.moderator2, case=case, outcome="hide", clause=clause)
    assert refused.value.verdict.code == "party"
    assert "Ferid asked twice." in client.get(case.get_absolute_url()).content.decode()
    assert sign_in(cast.alex).get(case.get_absolute_url()).status_code == 403
