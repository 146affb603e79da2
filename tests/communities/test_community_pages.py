"""Communities: the list, the front page, members, joining, opening; each at a price that does not grow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.charters.health import health_of
from communities.charters.models import Charter
from communities.joining import actions as joining
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.kinds import Joining
from intranet.content.models import Membership, Space
from tests.factories import threads as make
from tests.factories.cast import person, space


def cost(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    "path",
    ["/c/open-talk/", "/c/open-talk/?kind=discussion", "/c/open-talk/?show=unanswered", "/c/", "/ask/"],
)
def test_threads_and_spaces_cost_the_same_for_one_and_three(cast, sign_in, path):
    alex = sign_in(cast.alex)
    make.discussion(cast.noa, cast.open, tags=["torque"])
    make.question(cast.noa, cast.open, tags=["AX-40"])
    one = cost(alex, path)
    for n in range(2):
        place = space(f"more-{n}", owner=cast.owner)
        make.question(cast.owner, place)
        make.discussion(cast.hiba, cast.open, tags=["motor", "coil"])
        asked = make.question(cast.hiba, cast.open, tags=["rig"])
        make.lock(cast.moderator, asked, clause=make.clause(f"policy-{n}"))
    assert cost(alex, path) == one


def test_members_cost_the_same_for_few_and_many(cast, sign_in):
    owner = sign_in(cast.owner)
    before = cost(owner, "/c/open-talk/members/")
    for n in range(3):
        joining.add(actor=cast.owner, space=cast.open, person=person(f"new{n}", "employee"))
    assert cost(owner, "/c/open-talk/members/") == before


def test_unanswered_questions_stand_oldest_first(cast, sign_in):
    titles = [make.question(cast.noa, cast.open, f"Question number {n}").title for n in range(3)]
    make.answer(cast.alex, make.question(cast.noa, cast.open, "An answered question"))
    page = sign_in(cast.alex).get("/c/open-talk/?kind=question&show=unanswered").content.decode()
    assert sorted(titles, key=page.index) == titles
    assert "An answered question" not in page


def test_a_list_goes_on_where_it_stopped(cast, sign_in, settings):
    settings.KESHER_RATE_LIMITS = False
    titles = {make.discussion(cast.noa, cast.open, f"Talk <{n:02}>").title for n in range(25)}
    alex, path, seen = sign_in(cast.alex), "/c/open-talk/?kind=discussion", []
    while path:
        response = alex.get(path)
        page = response.context["page"]
        seen += [row.post.title for row in page]
        path = f"/c/open-talk/?kind=discussion&cursor={page.next}" if page.next else ""
    assert len(seen) == 25 and set(seen) == titles


def test_the_promise_is_counted_with_its_base(cast):
    sunday = datetime(2026, 11, 22, 8, tzinfo=UTC)  # ten o'clock in Jerusalem
    now = sunday + timedelta(days=8)
    in_time = make.question(cast.noa, cast.open, at=sunday)
    make.answer(cast.alex, in_time, at=sunday + timedelta(hours=2))
    late = make.question(cast.noa, cast.open, at=sunday)
    make.answer(cast.alex, late, at=sunday + timedelta(days=7))
    make.question(cast.noa, cast.open, at=sunday)
    make.question(cast.noa, cast.open, at=now - timedelta(hours=1))
    health = health_of(cast.open, now)
    assert (health.kept, health.due, health.missed, health.percent) == (1, 3, 2, 33)
    assert [count for _label, count, _tone in health.ages] == [1, 0, 0, 1]
    assert health.waiting == 2


def test_joining_and_leaving(cast, sign_in):
    outsider = sign_in(cast.outsider)
    for _twice in range(2):
        assert outsider.post("/c/open-talk/join/").url == "/c/open-talk/"
    assert Membership.objects.filter(space=cast.open, person=cast.outsider).count() == 1
    assert outsider.post("/c/open-talk/leave/").url == "/c/"
    assert not Membership.objects.filter(space=cast.open, person=cast.outsider).exists()
    told = Event.objects.filter(actor=cast.outsider).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["joined", "left"]


def test_by_request_one_is_added_by_those_who_run_it(cast, sign_in):
    refused = sign_in(cast.outsider).post("/c/by-request/join/")
    assert refused.status_code == 403
    assert "One asks to join here" in refused.content.decode()
    sign_in(cast.owner).post("/c/by-request/members/", {"username": "outsider", "role": "expert"})
    assert Membership.objects.get(space=cast.request, person=cast.outsider).role == "expert"
    assert sign_in(cast.outsider).get("/c/by-request/members/").status_code == 200


def test_a_member_does_not_add_or_remove_others(cast, sign_in):
    alex = sign_in(cast.alex)
    assert alex.post("/c/open-talk/members/", {"username": "outsider", "role": "manager"}).status_code == 403
    assert alex.post("/c/open-talk/members/remove/", {"username": "hiba"}).status_code == 403
    assert Membership.objects.filter(space=cast.open, person=cast.hiba).exists()


def test_nobody_is_made_an_owner_by_the_form_and_the_last_owner_stays(cast):
    with pytest.raises(Refused) as given:
        joining.add(actor=cast.owner, space=cast.open, person=cast.alex, role="owner")
    with pytest.raises(Refused) as left:
        joining.leave(person=cast.owner, space=cast.open)
    assert (given.value.verdict.code, left.value.verdict.code) == ("bad_member", "only_owner")


def test_an_outside_guest_is_added_as_a_guest(cast):
    added = joining.add(actor=cast.owner, space=cast.open, person=cast.guest, role="manager")
    assert added.role == "guest"


OPENING = {
    "name": "Bearings",
    "name_he": "מסבים",
    "slug": "bearings",
    "purpose": "Life and noise of bearings.",
    "visibility": "request",
    "joining": "request",
    "posting": "members",
    "audience": "Whoever fits one",
    "goal": "Fewer returns",
    "success_signs": "2.5 % by June",
    "hours_a_week": "3",
    "answer_within_hours": "12",
    "review_date": "2027-02-14",
}


def test_opening_a_community_with_its_charter(cast, sign_in):
    assert sign_in(cast.hiba).post("/communities/open/", OPENING).url == "/c/bearings/"
    opened = Space.objects.get(slug="bearings")
    charter = Charter.objects.get(space=opened)
    assert (opened.visibility, opened.joining, opened.name_he) == ("request", Joining.REQUEST, "מסבים")
    assert (charter.owner, charter.hours_a_week, charter.answer_within_hours) == (cast.hiba, 3, 12)
    assert Membership.objects.get(space=opened).role == "owner"


@pytest.mark.parametrize(
    "change", [{"slug": "open-talk"}, {"slug": "Has Blanks"}, {"name": ""}, {"hours_a_week": "0"}]
)
def test_an_opening_that_does_not_fit_opens_nothing(cast, sign_in, change):
    response = sign_in(cast.hiba).post("/communities/open/", OPENING | change)
    assert response.status_code in (403, 422)
    assert "Life and noise of bearings." in response.content.decode()
    assert Space.objects.count() == 4


def test_a_guest_opens_none(cast, sign_in):
    assert sign_in(cast.guest).post("/communities/open/", OPENING).status_code == 403
    assert Space.objects.count() == 4
