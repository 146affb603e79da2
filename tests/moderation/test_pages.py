"""Flag, queue, case and lock as people use them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation import actions, locks
from intranet.moderation.models import Case, Decision, Flag, Lock
from intranet.notify.models import Notification
from intranet.policies.acknowledging.actions import acknowledge
from intranet.policies.acknowledging.models import RightNeed
from intranet.policies.actions import publish_policy
from intranet.policies.kinds import Right
from tests.factories.cast import join
from tests.factories.knowledge import ask

NAME = "terms#kind-words"


def as_(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def flagged(cast, clause, question) -> Case:
    return actions.flag(reporter=cast.alex, post=question, clause=clause, note="This is about Ferid.").case


def decision(**more):
    return {
        "outcome": "lock",
        "clause": NAME,
        "scope": "replies",
        "until": "",
        "note": "",
        "step": "decide",
    } | more


def test_a_flag_opens_a_case_and_a_second_one_changes_the_first(cast, clause, question, client):
    address = f"/moderation/flag/{question.public_id}/"
    for note in ("Not kind.", "Not kind at all."):
        answer = as_(client, cast.alex).post(address, {"clause": NAME, "note": note})
        assert (answer.status_code, answer.url) == (302, question.get_absolute_url())
    assert list(Flag.objects.values_list("reporter__username", "note")) == [("alex", "Not kind at all.")]
    assert "Not kind at all." in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["", "terms#nothing", "nothing#kind-words", "1", "terms"])
def test_a_clause_that_does_not_exist_changes_nothing_and_keeps_the_text(
    cast, clause, question, client, name
):
    address = f"/moderation/flag/{question.public_id}/"
    answer = as_(client, cast.alex).post(address, {"clause": name, "note": "My careful note."})
    assert (answer.status_code, "My careful note." in answer.content.decode()) == (422, True)
    assert Case.objects.count() == 0


def test_what_one_may_not_see_cannot_be_flagged(cast, clause, client):
    hidden = ask(cast.noa, cast.secret, "The price of the merger")
    for person in (cast.outsider, cast.former, cast.guest, cast.moderator):
        as_(client, person)
        seen = client.post(f"/moderation/flag/{hidden.public_id}/", {"clause": NAME})
        nothing = client.post("/moderation/flag/nothing22nothing/", {"clause": NAME})
        assert seen.status_code == nothing.status_code == 404
        assert "merger" not in seen.content.decode().lower()
    assert Case.objects.count() == 0


def test_the_queue_is_closed_to_who_moderates_nothing(cast, flagged, client):
    for address in ("/moderation/", flagged.get_absolute_url(), "/moderation/case/nothing22nothing/"):
        answer = as_(client, cast.hiba).get(address)
        assert (answer.status_code, "Cases are decided by moderators" in answer.content.decode()) == (
            403,
            True,
        )


def test_cases_of_secret_spaces_come_to_their_own_moderators_only(cast, clause, client):
    secret = ask(cast.noa, cast.secret, "The price of the merger")
    case = actions.flag(reporter=cast.alex, post=secret, clause=clause).case
    assert "The price of the merger" not in as_(client, cast.moderator).get("/moderation/").content.decode()
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(case.get_absolute_url() + "claim/", {"claimed": "1"}).status_code == 404
    assert "The price of the merger" in as_(client, cast.owner).get("/moderation/").content.decode()
    assert client.get(case.get_absolute_url()).status_code == 200


def test_the_author_sees_neither_the_flags_nor_who_flagged_even_as_a_moderator(cast, clause, client):
    own = ask(cast.moderator, cast.open, "My own words")
    case = actions.flag(reporter=cast.alex, post=own, clause=clause, note="Look at this").case
    answer = as_(client, cast.moderator).get(case.get_absolute_url())
    assert answer.status_code == 403
    assert "Alex Dromi" not in answer.content.decode()
    assert client.post(case.get_absolute_url(), decision()).status_code == 403
    assert Decision.objects.count() == 0


def test_a_decision_shows_what_people_will_see_before_it_is_made(cast, flagged, client):
    terms = decision(step="preview", note="Talk about the part, not about the person.")
    text = as_(client, cast.moderator).post(flagged.get_absolute_url(), terms).content.decode()
    assert "Locked under a policy: no new replies" in text
    assert "Write as you would speak." in text
    assert "Talk about the part, not about the person." in text
    assert (Lock.objects.count(), Decision.objects.count()) == (0, 0)


def test_deciding_to_lock_places_the_lock_and_tells_the_author(cast, flagged, question, client):
    answer = as_(client, cast.moderator).post(flagged.get_absolute_url(), decision())
    assert (answer.status_code, answer.url) == (302, flagged.get_absolute_url())
    held = Lock.objects.get()
    assert (held.post, held.scope, held.case, held.snapshot["source"]) == (
        question,
        "replies",
        flagged,
        "He breaks everything.",
    )
    readers.catch_up_all()
    assert list(Notification.objects.values_list("recipient__username", "event__verb")) == [("noa", "locked")]


# What becomes of the post, and what its author is told.
OUTCOMES = {
    "hide": ("hidden", ["hidden"]),
    "ask_to_edit": ("published", ["asked_to_edit"]),
    "no_action": ("published", []),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_other_outcomes(cast, flagged, question, client, outcome):
    state, verbs = OUTCOMES[outcome]
    as_(client, cast.moderator).post(flagged.get_absolute_url(), decision(outcome=outcome, scope=""))
    question.refresh_from_db()
    assert (question.state, Lock.objects.count(), Decision.objects.get().outcome) == (state, 0, outcome)
    readers.catch_up_all()
    told = Notification.objects.filter(recipient=cast.noa).values_list("event__verb", flat=True)
    assert list(told) == verbs


@pytest.mark.parametrize(
    "terms",
    [
        {"clause": "terms#nothing"},
        {"until": (timezone.localdate() - timedelta(days=1)).isoformat()},
        {"until": "tomorrow"},
        {"scope": "everything"},
        {"outcome": "banish"},
    ],
)
def test_bad_terms_change_nothing_and_keep_what_was_typed(cast, flagged, client, terms):
    answer = as_(client, cast.moderator).post(
        flagged.get_absolute_url(), decision(note="Kept words", **terms)
    )
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (422, True)
    assert (Lock.objects.count(), Decision.objects.count(), Case.objects.get().state) == (0, 0, "open")


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"scope": "everything"}, "bad_scope"),
        ({"until": timezone.now() - timedelta(minutes=1)}, "past_until"),
    ],
)
def test_the_action_itself_refuses_terms_that_hold_nothing(cast, clause, question, terms, code):
    with pytest.raises(Refused) as refused:
        locks.lock(actor=cast.moderator, post=question, clause=clause, **terms)
    assert (refused.value.verdict.code, Lock.objects.count()) == (code, 0)


def test_a_case_is_decided_once_and_by_who_holds_it(cast, flagged, client):
    as_(client, cast.moderator).post(flagged.get_absolute_url() + "claim/", {"claimed": "1"})
    late = as_(client, cast.moderator2).post(flagged.get_absolute_url(), decision(note="Too late"))
    assert (late.status_code, "Another moderator is working" in late.content.decode()) == (409, True)
    assert "Too late" in late.content.decode()
    as_(client, cast.moderator).post(flagged.get_absolute_url(), decision(outcome="no_action"))
    again = client.post(flagged.get_absolute_url(), decision())
    assert "decided in the meantime" in again.content.decode()
    assert (Decision.objects.count(), Lock.objects.count()) == (1, 0)


def test_a_lock_without_a_case_and_its_release(cast, clause, question, client):
    address = f"/moderation/lock/{question.public_id}/"
    assert as_(client, cast.hiba).get(address).status_code == 403
    terms = {"clause": NAME, "scope": "all", "until": "", "note": "", "step": "lock"}
    assert client.post(address, terms).status_code == 403
    assert Lock.objects.count() == 0
    as_(client, cast.moderator).post(address, terms)
    assert Lock.objects.holding().get().post == question
    assert "Write as you would speak." in client.get(address).content.decode()
    assert as_(client, cast.hiba).post(f"/moderation/unlock/{question.public_id}/").status_code == 403
    as_(client, cast.moderator).post(f"/moderation/unlock/{question.public_id}/")
    assert not Lock.objects.holding().exists()


def test_a_moderator_of_one_place_decides_nowhere_else(cast, clause, question, client):
    join(cast.request, cast.hiba, role="moderator")
    terms = {"clause": NAME, "scope": "all", "step": "lock"}
    assert as_(client, cast.hiba).post(f"/moderation/lock/{question.public_id}/", terms).status_code == 403
    inside = ask(cast.noa, cast.request, "Inside")
    assert client.post(f"/moderation/lock/{inside.public_id}/", terms).status_code == 302


def test_a_hidden_post_is_shown_again(cast, flagged, question, client):
    as_(client, cast.moderator).post(flagged.get_absolute_url(), decision(outcome="hide"))
    assert not Post.objects.visible_to(cast.hiba).filter(pk=question.pk).exists()
    client.post(f"/moderation/unlock/{question.public_id}/")
    question.refresh_from_db()
    assert question.state == PostState.PUBLISHED


def test_history_of_the_author_counts_only_what_the_moderator_may_know(cast, clause, flagged, client):
    secret = ask(cast.noa, cast.secret, "Secret")
    case = actions.flag(reporter=cast.alex, post=secret, clause=clause).case
    actions.decide(actor=cast.owner, case=case, outcome="no_action", clause=clause)
    text = as_(client, cast.moderator).get(flagged.get_absolute_url()).content.decode()
    assert "1 post that you can see" in text
    assert "No earlier case" in text


def test_pages_in_hebrew(cast, flagged, question, client):
    cast.moderator.language = "he"
    cast.moderator.save()
    as_(client, cast.moderator)
    text = client.get(flagged.get_absolute_url()).content.decode()
    assert 'dir="rtl"' in text
    assert "מילים טובות" in text


@pytest.mark.parametrize("address", ["/moderation/", "case"])
def test_queries_do_not_grow_with_cases(cast, clause, flagged, client, address):
    as_(client, cast.moderator)
    where = flagged.get_absolute_url() if address == "case" else address
    counts = []
    for number in range(3):
        client.get(where)
        with CaptureQueriesContext(connection) as caught:
            client.get(where)
        counts.append(len(caught))
        other = ask(cast.hiba, cast.open, f"Case {number}")
        actions.flag(reporter=cast.alex, post=other, clause=clause)
        actions.flag(reporter=cast.owner, post=other, clause=clause)
    assert counts[0] == counts[2] <= 30


def test_deciding_can_ask_for_the_current_policy(cast, clause, question):
    clauses = [{"anchor": "one", "title_en": "One", "text_en": "Cite a clause."}]
    version = publish_policy(
        owner=cast.admin, slug="moderation-and-appeals", title="Moderation and appeals", clauses=clauses
    )
    locks.lock(actor=cast.moderator, post=question, clause=clause)
    RightNeed.objects.create(right=Right.MODERATE, policy=version.policy)
    with pytest.raises(Refused, match="Moderation and appeals"):
        locks.unlock(actor=cast.moderator, post=question)
    acknowledge(person=cast.moderator, version=version)
    locks.unlock(actor=cast.moderator, post=question)
    assert not Lock.objects.holding().exists()
