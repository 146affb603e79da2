"""Polls: one ballot a person, a result told in time, and a secret that is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from communities.polls import actions
from communities.polls.models import Ballot, Choice, Poll
from communities.polls.reading import poll_of
from intranet.access.verdict import Refused
from intranet.content.models import Post
from intranet.people.models import ApiToken
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    def make_client(person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make_client


def refused(deed: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught:
        deed()
    return caught.value.verdict.code


def put(cast: Cast, **terms: Any) -> Poll:
    talk = make.discussion(cast.noa, cast.open, "When do we meet?")
    return actions.put(
        actor=cast.noa, thread=talk, question="Which day?", options=["Mon", "Tue", "Wed"], **terms
    )


def ids(poll: Poll, *texts: str) -> list[int]:
    return [poll.options.get(text=text).pk for text in texts]


def counts(poll: Poll) -> dict[str, int]:
    view = poll_of(poll.post, poll.post.author)
    return {row.option.text: row.count for row in view.options}


def test_a_changed_vote_counts_once(cast):
    poll = put(cast)
    actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))
    actions.vote(person=cast.hiba, poll=poll, options=ids(poll, "Mon"))
    actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Tue"))
    actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Tue"))
    assert counts(poll) == {"Mon": 1, "Tue": 1, "Wed": 0}
    actions.vote(person=cast.hiba, poll=poll, options=[])
    assert counts(poll) == {"Mon": 0, "Tue": 1, "Wed": 0}


def test_several_are_chosen_only_where_that_is_allowed(cast):
    one, several = put(cast), put(cast, many=True)
    assert (
        refused(lambda: actions.vote(person=cast.alex, poll=one, options=ids(one, "Mon", "Tue")))
        == "bad_value"
    )
    assert (
        refused(lambda: actions.vote(person=cast.alex, poll=one, options=ids(several, "Mon"))) == "bad_value"
    )
    actions.vote(person=cast.alex, poll=several, options=ids(several, "Mon", "Tue"))
    actions.vote(person=cast.alex, poll=several, options=ids(several, "Tue", "Wed"))
    assert counts(several) == {"Mon": 0, "Tue": 1, "Wed": 1}


def test_the_database_takes_one_ballot_with_one_choice(cast):
    poll = put(cast)
    ballot = actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))
    for second in (
        lambda: Ballot.objects.create(poll=poll, person=cast.alex),
        lambda: Choice.objects.create(ballot=ballot, option_id=ids(poll, "Tue")[0]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            second()


def test_the_result_is_told_after_the_vote_or_the_close(cast, sign_in):
    poll = put(cast)
    actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))
    reader = sign_in(cast.hiba)
    address = poll.post.get_absolute_url()
    assert "Alex Dromi" not in reader.get(address).content.decode()
    reader.post(f"{address}poll/vote/", {"option": ids(poll, "Tue")})
    page = reader.get(address).content.decode()
    assert "Alex Dromi" in page and "Your choice" in page and "50%" in page
    actions.close(actor=cast.noa, poll=poll)
    assert "Alex Dromi" in sign_in(cast.outsider).get(address).content.decode()
    assert reader.post(f"{address}poll/vote/", {"option": ids(poll, "Mon")}).status_code == 409


def test_a_secret_poll_names_nobody(cast, sign_in):
    poll = put(cast, secret=True)
    actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))
    actions.close(actor=cast.noa, poll=poll)
    for who in (cast.noa, cast.owner, cast.moderator, cast.admin):
        assert "Alex Dromi" not in sign_in(who).get(poll.post.get_absolute_url()).content.decode()
        client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(who, 'tests')}"})
        told = client.get(f"/api/v1/threads/{poll.post.public_id}/poll").json()
        assert [(row["votes"], row["voters"]) for row in told["options"]] == [(1, None), (0, None), (0, None)]


def test_a_guest_is_told_only_of_people_they_may_know(cast, sign_in):
    talk = make.discussion(cast.noa, cast.partners)
    poll = actions.put(actor=cast.noa, thread=talk, question="Which?", options=["A", "B"])
    for person in (cast.alex, cast.hiba, cast.guest):
        actions.vote(person=person, poll=poll, options=ids(poll, "A"))
    page = sign_in(cast.guest).get(talk.get_absolute_url()).content.decode()
    assert "Alex Dromi" in page and "Hiba Zeituni" not in page


def test_it_closes_by_itself(cast):
    poll = put(cast, closes=timezone.now() + timedelta(hours=1))
    Poll.objects.filter(pk=poll.pk).update(closes=timezone.now() - timedelta(seconds=1))
    assert (
        refused(lambda: actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))) == "poll_closed"
    )


def test_who_puts_one_and_until_when_it_can_be_changed(cast):
    poll = put(cast)
    talk = poll.post
    terms = {"thread": talk, "question": "Other?", "options": ["A", "B"]}
    assert refused(lambda: actions.put(actor=cast.alex, **terms)) == "not_moderator"
    actions.put(actor=cast.owner, **terms)
    assert list(Poll.objects.get(post=talk).options.values_list("text", flat=True)) == ["A", "B"]
    fresh = Poll.objects.get(post=talk)
    actions.vote(person=cast.alex, poll=fresh, options=ids(fresh, "A"))
    assert refused(lambda: actions.put(actor=cast.noa, **terms)) == "has_votes"
    assert refused(lambda: actions.put(actor=cast.noa, **terms | {"options": ["A", "A"]})) == "bad_options"


@pytest.mark.parametrize(("scope", "stopped"), [("votes", True), ("all", True), ("replies", False)])
def test_a_lock_on_votes_holds_here_too(cast, scope, stopped):
    poll = put(cast)
    make.lock(cast.moderator, poll.post, scope)
    if stopped:
        assert (
            refused(lambda: actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))) == "locked"
        )
    else:
        actions.vote(person=cast.alex, poll=poll, options=ids(poll, "Mon"))
    assert Ballot.objects.count() == (0 if stopped else 1)


def test_the_author_makes_one_on_a_page(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open)
    author, other = sign_in(cast.noa), sign_in(cast.alex)
    address = f"/t/{talk.public_id}/poll/"
    assert other.get(address).status_code == 403
    cast.noa.language = "en"
    cast.noa.save()
    form = {"question": "Which?", "options": "One\nTwo\n\n"}
    assert author.post(address, form | {"options": "One"}).status_code == 422
    author.post(address, form)
    assert [option.text for option in Poll.objects.get(post=talk).options.all()] == ["One", "Two"]
    assert sign_in(cast.alex).get("/t/2222222222222/poll/").status_code == 404


def test_a_poll_costs_the_page_the_same_with_one_voter_and_with_many(
    cast, sign_in, django_assert_max_num_queries
):
    poll = put(cast)
    voters = [cast.alex, cast.hiba, cast.owner, cast.outsider, cast.km]
    actions.vote(person=voters[0], poll=poll, options=ids(poll, "Mon"))
    actions.close(actor=cast.noa, poll=poll)
    reader = sign_in(cast.former)
    reader.get(poll.post.get_absolute_url())
    with django_assert_max_num_queries(14) as few:
        reader.get(poll.post.get_absolute_url())
    actions.close(actor=cast.noa, poll=poll, closed=False)
    for person in voters:
        actions.vote(person=person, poll=poll, options=ids(poll, "Tue"))
    actions.close(actor=cast.noa, poll=poll)
    with django_assert_max_num_queries(len(few)):
        reader.get(poll.post.get_absolute_url())


def test_by_program(cast):
    talk = make.discussion(cast.noa, cast.open)
    author, voter, stranger = (
        Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, 'tests')}"})
        for person in (cast.noa, cast.alex, cast.guest)
    )

    def send(client: Client, path: str, body: dict[str, Any]) -> Any:
        address = f"/api/v1/threads/{talk.public_id}/poll{path}"
        return client.generic("PUT", address, json.dumps(body), content_type="application/json")

    assert send(author, "", {"question": "Which?", "options": ["A", "B"]}).status_code == 201
    before = send(voter, "/ballot", {"options": []}).json()
    assert [row["votes"] for row in before["options"]] == [None, None]
    after = send(voter, "/ballot", {"options": [2]}).json()
    assert [(row["votes"], row["mine"], row["voters"]) for row in after["options"]] == [
        (0, False, []),
        (1, True, ["alex"]),
    ]
    assert send(voter, "/ballot", {"options": [3]}).status_code == 422
    assert send(voter, "/closed", {"closed": True}).status_code == 403
    assert send(author, "/closed", {"closed": True}).json()["open"] is False
    assert send(voter, "/ballot", {"options": [1]}).status_code == 409
    assert send(stranger, "/ballot", {"options": [1]}).status_code == 404
    assert Post.objects.get(pk=talk.pk).poll.ballots.count() == 1
