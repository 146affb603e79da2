"""Acknowledging: per version and audience, with a quiz, renewed, reminded of, counted by unit; rights that wait for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.charters.actions import Promise, open_community
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.activity.models import Event
from intranet.moderation import locks
from intranet.notify.models import Notification
from intranet.people.models import ApiToken, User
from intranet.policies.acknowledging.actions import acknowledge
from intranet.policies.acknowledging.due import people_asked, reading_list
from intranet.policies.acknowledging.models import RightNeed
from intranet.policies.acknowledging.tasks import remind
from intranet.policies.actions import publish_policy
from intranet.policies.kinds import Right
from intranet.policies.models import Acknowledgement, PolicyVersion
from tests.factories.cast import make_cast
from tests.factories.knowledge import ask

pytestmark = pytest.mark.django_db

CLAUSE = {"anchor": "one", "title_en": "One", "text_en": "Say how you know it."}
QUIZ = [
    {
        "anchor": "one",
        "ask_en": "What belongs to a figure?",
        "answers_en": "Nothing\nHow you know it",
        "right": 2,
        "why_en": "A figure without its source cannot be checked.",
    }
]


@pytest.fixture
def cast():
    return make_cast()


def publish(cast, text="Say how you know it.", **more):
    more = {"must_acknowledge": True, "audience": "writers"} | more
    return publish_policy(
        owner=cast.admin, slug="figures", title="Figures", clauses=[CLAUSE | {"text_en": text}], **more
    )


def waits(person: User) -> list[int]:
    return [version.number for version in reading_list(person)]


def test_a_new_version_asks_again_only_when_the_change_is_significant(cast):
    acknowledge(person=cast.alex, version=publish(cast))
    assert (waits(cast.alex), waits(cast.hiba)) == ([], [1])
    publish(cast, "Say how you know it, please.", significant=False)
    assert (waits(cast.alex), waits(cast.hiba)) == ([], [2])
    publish(cast, "Say how you know it, and when you measured.", significant=True)
    assert (waits(cast.alex), waits(cast.hiba)) == ([3], [3])


def test_it_is_renewed_after_its_months(cast):
    version = publish(cast, renew_months=6)
    now = timezone.now()
    acknowledge(person=cast.alex, version=version, at=now - timedelta(days=190))
    acknowledge(person=cast.hiba, version=version, at=now - timedelta(days=170))
    assert (waits(cast.alex), waits(cast.hiba)) == ([1], [])
    acknowledge(person=cast.alex, version=version)
    assert waits(cast.alex) == []
    assert Event.objects.filter(verb="acknowledged", actor=cast.alex).count() == 2


def test_the_rule_is_the_same_from_the_side_of_the_people(cast):
    first = publish(cast, renew_months=6)
    acknowledge(person=cast.alex, version=first, at=timezone.now() - timedelta(days=190))
    acknowledge(person=cast.hiba, version=first)
    second = publish(cast, "Say how you know it, please.", significant=False, renew_months=6)
    for person in people_asked(second):
        assert person.has_read == (waits(person) == []), person.username
    assert set(people_asked(second).filter(has_read=True)) == {cast.hiba}
    assert not people_asked(second).filter(pk=cast.guest.pk).exists()


def test_the_quiz_explains_a_wrong_answer_and_notes_nothing(cast, client):
    publish(cast, questions=QUIZ)
    client.force_login(cast.alex)
    page = client.get("/policies/figures/read/").content.decode()
    assert ("What belongs to a figure?" in page, "cannot be checked" in page) == (True, False)
    name = page.split('type="radio" name="')[1].split('"')[0]
    wrong = client.post("/policies/figures/acknowledge/", {"version": "1", name: "1"})
    assert (wrong.status_code, "cannot be checked" in wrong.content.decode()) == (422, True)
    assert client.post("/policies/figures/acknowledge/", {"version": "1"}).status_code == 422
    assert Acknowledgement.objects.count() == 0
    right = client.post("/policies/figures/acknowledge/", {"version": "1", name: "2"})
    assert (right.status_code, waits(cast.alex)) == (302, [])


def test_programs_acknowledge_with_the_answers(cast, client):
    publish(cast, questions=QUIZ)
    bearer = {"Authorization": f"Bearer {ApiToken.issue(cast.alex, 'test')}"}
    send = {"path": "/api/v1/policies/figures/acknowledgement", "content_type": "application/json"}
    refused = client.put(**send, data={"version": 1, "answers": [1]}, headers=bearer)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "wrong_answers")
    assert client.put(**send, data={"version": 1, "answers": [2]}, headers=bearer).status_code == 200
    assert client.get("/api/v1/policies?waiting=true", headers=bearer).json()["items"] == []
    assert client.put(**send, data={"version": 7, "answers": [2]}, headers=bearer).status_code == 404


def test_reminders_come_after_a_week_and_not_twice(cast):
    old = timezone.now() - timedelta(days=9)
    User.objects.update(created=old)
    version = publish(cast, at=old)
    acknowledge(person=cast.alex, version=version)
    remind.func()
    remind.func()
    told = set(Event.objects.filter(verb="policy_reminded").values_list("about__username", flat=True))
    assert (cast.alex.username in told, cast.guest.username in told, cast.hiba.username in told) == (
        False,
        False,
        True,
    )
    assert Event.objects.filter(verb="policy_reminded", about=cast.hiba).count() == 1
    readers.catch_up_all()
    assert Notification.objects.filter(recipient=cast.hiba, event__verb="policy_reminded").count() == 1


def test_a_policy_that_came_out_today_reminds_nobody(cast):
    User.objects.update(created=timezone.now() - timedelta(days=30))
    publish(cast)
    remind.func()
    assert not Event.objects.filter(verb="policy_reminded").exists()


def test_owners_see_everybody_and_managers_their_own_people(cast, client):
    cast.hiba.manager = cast.noa
    cast.hiba.save()
    acknowledge(person=cast.alex, version=publish(cast))
    client.force_login(cast.admin)
    everybody = client.get("/policies/figures/readers/").content.decode()
    assert ("Olga Stern" in everybody, "Hiba Zeituni" in everybody, "Alex Dromi" in everybody) == (
        True,
        True,
        False,
    )
    lines = b"".join(client.get("/policies/figures/readers.csv").streaming_content).decode().splitlines()
    assert [line for line in lines if ",alex," in line] == ["R&D/Lab,Alex Dromi,alex,1,Yes"]
    assert len(lines) == 1 + people_asked(PolicyVersion.objects.get()).count()
    client.force_login(cast.noa)
    own = client.get("/policies/figures/readers/").content.decode()
    assert ("היבא" in own or "Hiba Zeituni" in own, "Olga Stern" in own) == (True, False)
    file = b"".join(client.get("/policies/figures/readers.csv").streaming_content).decode()
    assert (len(file.splitlines()), "hiba" in file) == (2, True)
    client.force_login(cast.alex)
    assert client.get("/policies/figures/readers/").status_code == 403
    assert client.get("/policies/figures/readers.csv").status_code == 403


@pytest.mark.parametrize("address", ["/policies/figures/readers/", "/policies/reading/"])
def test_queries_do_not_grow_with_people_and_policies(cast, client, address, django_assert_max_num_queries):
    publish(cast)
    for number in range(3):
        publish_policy(
            owner=cast.admin,
            slug=f"more-{number}",
            title=f"More {number}",
            clauses=[CLAUSE],
            must_acknowledge=True,
        )
    client.force_login(cast.admin)
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)


def test_moderating_can_wait_for_a_policy(cast):
    question = ask(cast.noa, cast.open, "Why?")
    version = publish(cast)
    clause = version.clauses.get()
    RightNeed.objects.create(right=Right.MODERATE, policy=version.policy)
    with pytest.raises(Refused, match="Read and acknowledge “Figures”, version 1") as refused:
        locks.lock(actor=cast.moderator, post=question, clause=clause)
    assert refused.value.verdict.detail["url"] == "/policies/figures/read/"
    acknowledge(person=cast.moderator, version=version)
    locks.lock(actor=cast.moderator, post=question, clause=clause)


def test_opening_a_community_can_wait_for_a_policy(cast):
    version = publish(cast)
    RightNeed.objects.create(right=Right.OPEN_COMMUNITY, policy=version.policy)
    with pytest.raises(Refused, match="Figures"):
        open_community(owner=cast.alex, slug="valves", name="Valves", charter=Promise())
    acknowledge(person=cast.alex, version=version)
    assert open_community(owner=cast.alex, slug="valves", name="Valves", charter=Promise()).slug == "valves"


def test_only_owners_say_which_rights_wait(cast, client):
    version = publish(cast)
    client.force_login(cast.alex)
    said = {"right": "moderate", "policy": version.policy_id}
    assert client.post("/policies/care/rights/", said).status_code == 403
    client.force_login(cast.admin)
    assert client.post("/policies/care/rights/", said).status_code == 302
    need = RightNeed.objects.get()
    assert "Decide about posts of others" in client.get("/policies/care/rights/").content.decode()
    client.post("/policies/care/rights/", {"end": str(need.pk)})
    assert RightNeed.objects.count() == 0
