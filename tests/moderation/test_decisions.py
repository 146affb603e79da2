"""Every outcome does what it says, its author is told, and it can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.threads.listing import threads_in
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation import actions
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.cases.redacting import BLOT
from intranet.moderation.kinds import CaseState
from intranet.moderation.models import Case, Decision, Lock, Penalty
from intranet.moderation.penalties.ladder import next_hours
from intranet.notify.models import Notification
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.search.models import SearchEntry
from tests.factories import threads as make


def told(person: User) -> list[str]:
    readers.catch_up_all()
    return list(Notification.objects.filter(recipient=person).values_list("event__verb", flat=True))


def test_asking_to_edit_ends_when_a_moderator_accepts_the_edit(cast, case, decide, clause, question, sign_in):
    asked = decide("ask_to_edit")
    case.refresh_from_db()
    assert case.state == CaseState.AWAITING
    page = sign_in(cast.noa).get(f"/moderation/decisions/{asked.pk}/").content.decode()
    assert "Leave him out of it." in page and f"/p/{question.public_id}/edit/" in page
    with pytest.raises(Refused):  # a second flag comes to the same case
        actions.decide(actor=cast.alex, case=case, outcome="accepted", clause=clause)
    posting.edit(editor=cast.noa, post=question, source="It breaks.", base_revision=1)
    case.refresh_from_db()
    assert case.edited_since
    decide("accepted")
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED
    assert told(cast.noa) == ["edit_accepted", "asked_to_edit"]


def test_a_flag_during_the_edit_comes_to_the_same_case(cast, case, decide, clause, question):
    decide("ask_to_edit")
    actions.flag(reporter=cast.hiba, post=question, clause=clause)
    assert Case.objects.count() == 1
    assert set(case.flags.values_list("reporter__username", flat=True)) == {"alex", "hiba"}


def test_a_lock_that_waits_for_an_edit_lets_the_author_edit_and_nobody_reply(
    cast, case, decide, clause, question
):
    decide("lock", means=Means(condition="edit_accepted"))
    with pytest.raises(Refused) as refused:
        make.comment(cast.hiba, question)
    assert refused.value.verdict.code == "locked"
    posting.edit(editor=cast.noa, post=question, source="It breaks.", base_revision=1)
    case.refresh_from_db()
    assert case.edited_since
    decide("accepted")
    make.comment(cast.hiba, question)
    assert Lock.objects.holding().count() == 0


def test_hiding_and_taking_it_back(cast, case, decide, question):
    hidden = decide("hide")
    assert Post.objects.visible_to(cast.hiba).filter(pk=question.pk).count() == 0
    actions.undo(actor=cast.moderator, decision=hidden)
    assert Post.objects.visible_to(cast.hiba).filter(pk=question.pk).count() == 1
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    row = Decision.objects.get()
    assert (row.outcome, row.undone_by) == ("hide", cast.moderator)


def test_what_is_older_than_a_day_is_not_taken_back(cast, case, decide, question):
    old = decide("hide", at=timezone.now() - timedelta(hours=25))
    with pytest.raises(Refused) as refused:
        actions.undo(actor=cast.moderator, decision=old)
    assert refused.value.verdict.code == "too_late"
    question.refresh_from_db()
    assert question.state == PostState.HIDDEN


def test_off_the_lists_is_read_by_address_and_found_nowhere(cast, case, decide, question, sign_in):
    decision = decide("unlist")
    readers.catch_up_all()
    assert list(threads_in(cast.open, cast.hiba)) == []
    assert SearchEntry.objects.visible_to(cast.hiba).filter(post=question).count() == 0
    assert sign_in(cast.hiba).get(question.get_absolute_url()).status_code == 200
    actions.undo(actor=cast.moderator, decision=decision)
    assert list(threads_in(cast.open, cast.hiba)) == [question]


def test_words_taken_out_are_gone_from_the_post_and_from_what_it_said_before(
    cast, case, decide, question, sign_in
):
    posting.edit(editor=cast.noa, post=question, source="He breaks everything, always.", base_revision=1)
    decision = decide("redact", means=Means(words="breaks everything"))
    question.refresh_from_db()
    assert question.source == f"He {BLOT}, always."
    assert "breaks everything" not in question.html + question.text
    assert list(question.revisions.values_list("source", flat=True)) == [f"He {BLOT}."]
    assert decision.redactions.get().original["current"]["source"] == "He breaks everything, always."
    actions.undo(actor=cast.moderator, decision=decision)
    question.refresh_from_db()
    assert question.source == "He breaks everything, always."
    assert list(question.revisions.values_list("source", flat=True)) == ["He breaks everything."]


def test_words_that_do_not_stand_there_change_nothing(cast, case, decide, question):
    with pytest.raises(Refused) as refused:
        decide("redact", means=Means(words="a pump"))
    assert refused.value.verdict.code == "bad_passage"
    case.refresh_from_db()
    assert (case.state, Decision.objects.count()) == (CaseState.OPEN, 0)


def test_a_thread_is_moved_and_moved_back(cast, case, decide, question, sign_in):
    decision = decide("move", means=Means(move_to=cast.partners))
    question.refresh_from_db()
    assert question.space == cast.partners
    actions.undo(actor=cast.moderator, decision=decision)
    question.refresh_from_db()
    assert question.space == cast.open


def test_silence_climbs_the_ladder_and_is_known_to_nobody_else(cast, clause, sign_in):
    steps = []
    for n in range(5):
        post = make.discussion(cast.alex, cast.open, f"Loud {n}")
        found = actions.flag(reporter=cast.hiba, post=post, clause=clause).case
        hours = next_hours(cast.alex, seen_by=cast.moderator, now=timezone.now())
        steps.append(hours)
        actions.decide(
            actor=cast.moderator, case=found, outcome="silence", clause=clause, means=Means(hours=hours)
        )
        with pytest.raises(Refused) as refused:
            make.discussion(cast.alex, cast.open, "Still here")
        assert refused.value.verdict.code == "locked"
        Lock.objects.update(released_at=timezone.now(), released_by=cast.moderator)
    assert steps == [24, 72, 168, 720, 720]
    assert told(cast.alex).count("silenced") == 5
    assert Notification.objects.exclude(recipient=cast.alex).filter(event__verb="silenced").count() == 0
    lock = Lock.objects.first()
    for person in (cast.hiba, cast.outsider, cast.guest):
        assert sign_in(person).get(f"/moderation/locks/{lock.pk}/").status_code == 404
    assert sign_in(cast.alex).get(f"/moderation/locks/{lock.pk}/").status_code == 200


def test_silence_in_one_place_leaves_the_others_open_and_ends_with_undo(cast, case, decide):
    decision = decide("silence", means=Means(hours=24, hide=True))
    make.discussion(cast.noa, cast.partners, "Elsewhere")
    with pytest.raises(Refused):
        make.discussion(cast.noa, cast.open, "Here")
    actions.undo(actor=cast.moderator, decision=decision)
    make.discussion(cast.noa, cast.open, "Here again")
    assert Penalty.objects.get().lifted_at is not None
    assert case.post.__class__.objects.get(pk=case.post_id).state == PostState.PUBLISHED


def test_only_the_organisations_moderators_suspend(cast, case, clause):
    means = Means(hours=72)
    with pytest.raises(Refused) as refused:
        actions.decide(actor=cast.owner, case=case, outcome="suspend", clause=clause, means=means)
    assert refused.value.verdict.code == "not_moderator"
    actions.decide(actor=cast.moderator, case=case, outcome="suspend", clause=clause, means=means)
    assert User.objects.get(pk=cast.noa.pk).is_suspended


def test_an_escalated_case_is_decided_by_the_organisations_moderators(cast, case, clause):
    actions.decide(actor=cast.owner, case=case, outcome="escalate", clause=clause)
    with pytest.raises(Refused) as refused:
        actions.decide(actor=cast.owner, case=case, outcome="hide", clause=clause)
    assert refused.value.verdict.code == "escalated"
    actions.decide(actor=cast.moderator, case=case, outcome="no_action", clause=clause)
    case.refresh_from_db()
    assert case.state == CaseState.DECIDED


def test_a_warning_is_read_by_its_author_alone(cast, case, decide, sign_in):
    decision = decide("warn")
    address = f"/moderation/decisions/{decision.pk}/"
    assert "Leave him out of it." in sign_in(cast.noa).get(address).content.decode()
    for person in (cast.alex, cast.hiba, cast.guest, cast.moderator2):
        assert sign_in(person).get(address).status_code == 404


def test_the_preview_shows_the_author_words_in_their_language_before_anything_is_done(
    cast, case, clause, sign_in
):
    said = {
        "outcome": "hide",
        "clause": "terms#kind-words",
        "ready": "rule",
        "note": "",
        "step": "preview",
        "scope": "all",
    }
    page = sign_in(cast.moderator).post(case.get_absolute_url(), said).content.decode()
    assert "כותבים כמו שמדברים." in page  # Noa reads Hebrew, the moderator English
    assert Decision.objects.count() == 0
