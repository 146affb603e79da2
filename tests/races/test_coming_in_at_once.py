"""The last place of a link, a request decided twice, the last two owners: many at once, one outcome."""

from __future__ import annotations

import pytest

from communities.inviting import links
from communities.inviting.models import InviteLink
from communities.joining import actions as joining
from communities.joining import requests
from communities.joining.models import JoinRequest
from communities.roles.actions import give_role
from intranet.access.verdict import Refused
from intranet.content.models import Membership
from tests.factories.cast import Cast, make_cast, person
from tests.races.test_writing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_a_link_for_three_lets_three_of_eight_in(cast):
    link = links.make_link(actor=cast.owner, space=cast.secret, most_uses=3)
    people = [person(f"new{n}", "employee") for n in range(8)]
    outcomes = at_once(*(lambda each=each: links.use_link(person=each, token=link.token) for each in people))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 5
    assert Membership.objects.filter(space=cast.secret, person__in=people).count() == 3
    assert InviteLink.objects.get().uses == 3


def test_one_request_stays_one_and_is_decided_once(cast):
    at_once(
        *(
            lambda: requests.ask_to_join(person=cast.outsider, space=cast.request, why="I maintain it.")
            for _n in range(6)
        )
    )
    asked = JoinRequest.objects.get()
    at_once(
        lambda: requests.decide(actor=cast.owner, request=asked, let_in=True),
        lambda: requests.decide(actor=cast.owner, request=asked, let_in=False, reason="No."),
    )
    asked.refresh_from_db()
    inside = Membership.objects.filter(space=cast.request, person=cast.outsider).exists()
    assert inside == (asked.outcome == "accepted")


def test_of_two_owners_who_leave_at_once_one_stays(cast):
    for _n in range(10):
        give_role(actor=cast.owner, space=cast.open, person=cast.alex, role="owner")
        outcomes = at_once(
            lambda: joining.leave(person=cast.owner, space=cast.open),
            lambda: joining.leave(person=cast.alex, space=cast.open),
        )
        assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
        left = Membership.objects.get(space=cast.open, role="owner").person
        other = cast.alex if left == cast.owner else cast.owner
        joining.join(person=other, space=cast.open)
        give_role(actor=left, space=cast.open, person=other, role="owner")
        if left == cast.alex:
            give_role(actor=cast.owner, space=cast.open, person=cast.alex, role="member")
