"""Who sees a community and how one comes in: every visibility with every way of joining, each as it says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from communities.inviting import actions as inviting
from communities.inviting import bulk, links, rules
from communities.inviting.models import Invitation, InviteLink
from communities.joining import actions, requests
from communities.joining.models import JoinRequest
from communities.roles.actions import give_role
from intranet.access.verdict import Refused
from intranet.activity.readers import catch_up_all
from intranet.content.models import Membership
from intranet.notify.models import Notification
from intranet.people.models import OrgUnit
from intranet.runtime.tasks import drain
from tests.factories.cast import join, person, space


def code_of(deed, *args, **more) -> str:
    """The code of the refusal, or an empty text when it was done."""
    try:
        deed(*args, **more)
    except Refused as refusal:
        return refusal.verdict.code
    return ""


def role_of(who, place) -> str:
    return Membership.objects.filter(space=place, person=who).values_list("role", flat=True).first() or ""


WAYS = [
    ("open", "open", "", "no_requests", 200),
    ("open", "request", "by_request", "", 200),
    ("open", "invite", "by_invitation", "no_requests", 200),
    ("request", "open", "", "no_requests", 404),
    ("request", "request", "by_request", "", 404),
    ("request", "invite", "by_invitation", "no_requests", 404),
    ("secret", "open", "not_found", "not_found", 404),
    ("secret", "request", "not_found", "not_found", 404),
    ("secret", "invite", "not_found", "not_found", 404),
]


@pytest.mark.parametrize(("visibility", "joining", "joined", "asked", "members_page"), WAYS)
def test_each_pair_of_visibility_and_joining(cast, sign_in, visibility, joining, joined, asked, members_page):
    place = space("pair", visibility, owner=cast.owner, joining=joining)
    assert sign_in(cast.outsider).get("/c/pair/members/").status_code == members_page
    assert code_of(requests.ask_to_join, person=cast.outsider, space=place, why="I fit them.") == asked
    assert code_of(actions.join, person=cast.outsider, space=place) == joined
    assert role_of(cast.outsider, place) == ("" if joined else "member")


@pytest.mark.parametrize(
    ("joining", "invited", "becomes"),
    [("open", "", "member"), ("request", "", ""), ("invite", "may_not_invite", "")],
)
def test_a_member_invites_as_far_as_joining_is_open(cast, joining, invited, becomes):
    place = space("pair", "secret", owner=cast.owner, joining=joining)
    join(place, cast.alex)
    assert code_of(inviting.invite, actor=cast.alex, space=place, person=cast.outsider) == invited
    for invitation in Invitation.objects.all():
        inviting.accept(person=cast.outsider, invitation=invitation)
    assert role_of(cast.outsider, place) == becomes
    assert JoinRequest.objects.filter(person=cast.outsider).count() == (1 if joining == "request" else 0)


def test_asking_to_join_from_the_page_to_the_answer(cast, sign_in):
    outsider, owner = sign_in(cast.outsider), sign_in(cast.owner)
    assert outsider.post("/c/by-request/join/", {"why": ""}).status_code == 422
    assert outsider.post("/c/by-request/join/", {"why": "I maintain line 3."}).url == "/c/by-request/"
    assert "You asked to join" in outsider.get("/c/by-request/").content.decode()
    catch_up_all()
    assert Notification.objects.get(recipient=cast.owner).event.verb == "asked_to_join"
    assert "1 person asks to join" in owner.get("/").content.decode()
    row = JoinRequest.objects.get()
    assert "I maintain line 3." in owner.get("/c/by-request/requests/").content.decode()
    decline = {"request": row.pk, "decision": "decline", "reason": ""}
    assert owner.post("/c/by-request/requests/", decline).status_code == 422
    owner.post("/c/by-request/requests/", decline | {"reason": "Ask your lead first."})
    assert "Ask your lead first." in outsider.get("/c/by-request/").content.decode()
    assert (
        code_of(requests.ask_to_join, person=cast.outsider, space=cast.request, why="Again")
        == "declined_lately"
    )
    JoinRequest.objects.update(decided=timezone.now() - timedelta(days=8))
    again = requests.ask_to_join(person=cast.outsider, space=cast.request, why="My lead agrees.")
    owner.post("/c/by-request/requests/", {"request": again.pk, "decision": "accept"})
    assert role_of(cast.outsider, cast.request) == "member"
    assert "Asked, and was let in by" in owner.get("/c/by-request/members/").content.decode()


def test_requests_are_read_and_decided_by_those_who_run_it(cast, sign_in):
    row = requests.ask_to_join(person=cast.outsider, space=cast.request, why="I maintain line 3.")
    alex = sign_in(cast.alex)
    assert alex.get("/c/by-request/requests/").status_code == 403
    assert "I maintain line 3." not in alex.get("/c/by-request/members/").content.decode()
    assert code_of(requests.decide, actor=cast.alex, request=row, let_in=True) == "not_runner"
    assert role_of(cast.outsider, cast.request) == ""


def test_an_invitation_into_a_secret_community_names_it_to_the_invited_alone(cast, sign_in):
    owner, outsider = sign_in(cast.owner), sign_in(cast.outsider)
    found = owner.get("/c/merger/invite/?q=olga").content.decode()
    assert 'value="outsider"' in found
    owner.post("/c/merger/invite/", {"who": ["outsider"], "role": "member", "note": "Come and help."})
    catch_up_all()
    inbox = outsider.get("/inbox/").content.decode()
    assert "invited you to a community" in inbox and "Merger" not in inbox
    assert outsider.get("/c/merger/").status_code == 404
    assert "Come and help." in outsider.get("/invitations/").content.decode()
    assert "Merger" not in sign_in(cast.former).get("/invitations/").content.decode()
    number = Invitation.objects.get().pk
    assert (
        sign_in(cast.former).post("/invitations/", {"invitation": number, "answer": "accept"}).status_code
        == 404
    )
    assert outsider.post("/invitations/", {"invitation": number, "answer": "accept"}).url == "/c/merger/"
    assert role_of(cast.outsider, cast.secret) == "member"


def test_an_invitation_ends_by_time_by_taking_back_and_with_who_made_it(cast):
    def fresh():
        Invitation.objects.all().delete()
        return inviting.invite(actor=cast.owner, space=cast.secret, person=cast.outsider)

    old = fresh()
    Invitation.objects.update(expires=timezone.now())
    assert code_of(inviting.accept, person=cast.outsider, invitation=old) == "ended"
    taken = fresh()
    inviting.take_back(actor=cast.owner, invitation=taken)
    assert code_of(inviting.accept, person=cast.outsider, invitation=taken) == "ended"
    orphan = fresh()
    Membership.objects.filter(person=cast.owner, space=cast.secret).delete()
    assert code_of(inviting.accept, person=cast.outsider, invitation=orphan) in ("ended", "not_found")
    assert role_of(cast.outsider, cast.secret) == ""


def test_a_link_lets_in_until_it_ends(cast, sign_in):
    link = links.make_link(actor=cast.owner, space=cast.secret, days=7, most_uses=2)
    outsider = sign_in(cast.outsider)
    assert "Merger" in outsider.get(link.get_absolute_url()).content.decode()
    assert outsider.post(link.get_absolute_url()).url == "/c/merger/"
    assert outsider.post(link.get_absolute_url()).url == "/c/merger/"
    link.refresh_from_db()
    assert (role_of(cast.outsider, cast.secret), link.uses) == ("member", 1)
    links.use_link(person=cast.hiba, token=link.token)
    assert code_of(links.use_link, person=cast.former, token=link.token) == "ended"


def test_an_ended_link_a_forged_one_and_one_for_employees_look_the_same(cast, sign_in):
    link = links.make_link(actor=cast.owner, space=cast.secret)
    guest = sign_in(cast.guest)
    as_guest, forged = guest.get(link.get_absolute_url()), guest.get("/join/1.forged/")
    assert (as_guest.status_code, forged.status_code) == (404, 404)
    assert "Merger" not in as_guest.content.decode()
    links.revoke_link(actor=cast.owner, link=link)
    ended = sign_in(cast.outsider).get(link.get_absolute_url())
    assert (ended.status_code, "Merger" in ended.content.decode()) == (404, False)
    for_guests = links.make_link(actor=cast.owner, space=cast.open, for_guests=True)
    guest.post(for_guests.get_absolute_url())
    assert role_of(cast.guest, cast.open) == "guest"


def test_a_link_is_made_by_those_who_run_it_and_stands_in_no_table(cast):
    assert code_of(links.make_link, actor=cast.alex, space=cast.open) == "not_runner"
    link = links.make_link(actor=cast.owner, space=cast.open)
    assert link.token not in str(InviteLink.objects.values_list())


def test_a_list_is_reported_before_it_is_added(cast, sign_in):
    text = (
        "username,role\noutsider,expert\nformer@example.org\nalex\nnobody-here\noutsider\nkm,king\ninactive"
    )
    plan = bulk.plan_of(actor=cast.owner, space=cast.request, text=text)
    assert [(line.who, str(line.fate)) for line in plan.lines] == [
        ("outsider", "add"),
        ("former@example.org", "add"),
        ("alex", "member"),
        ("nobody-here", "unknown"),
        ("outsider", "twice"),
        ("km", "bad_role"),
        ("inactive", "unknown"),
    ]
    owner = sign_in(cast.owner)
    page = owner.post("/c/by-request/members/list/", {"rows": text})
    assert "Will be added" in page.content.decode()
    assert role_of(cast.outsider, cast.request) == ""
    owner.post("/c/by-request/members/list/", {"rows": text, "add": "1"})
    assert (role_of(cast.outsider, cast.request), role_of(cast.former, cast.request)) == ("expert", "member")
    assert sign_in(cast.alex).get("/c/by-request/members/list/").status_code == 403


def test_a_list_from_another_program_says_by_its_head_where_people_and_roles_stand(cast):
    text = "Name,Role,Email,Phone\nOut Sider,expert,outsider@example.org,1\nPart Ner,,guest@example.org,2\n,,,\nkm\n"
    plan = bulk.plan_of(actor=cast.owner, space=cast.request, text=text)
    assert [(line.number, line.who, line.role, str(line.fate)) for line in plan.lines] == [
        (2, "outsider@example.org", "expert", "add"),
        (3, "guest@example.org", "guest", "add"),
        (5, "km", "member", "add"),
    ]
    plain = bulk.plan_of(actor=cast.owner, space=cast.request, text="outsider;manager\nkm")
    assert [(line.who, line.role) for line in plain.lines] == [("outsider", "manager"), ("km", "member")]
    alone = bulk.plan_of(actor=cast.owner, space=cast.request, text="email\noutsider@example.org,expert")
    assert [(line.who, line.role) for line in alone.lines] == [("outsider@example.org", "expert")]


def test_a_rule_makes_the_people_of_a_unit_members_now_and_when_the_directory_changes(
    cast, sign_in, django_capture_on_commit_callbacks
):
    field = OrgUnit.objects.get(path="Service/Field")
    below = OrgUnit.objects.create(path="Service/Field/North", name="North", parent=field)
    leaver = person("leaver", "employee", unit=below)
    rules.add_rule(actor=cast.owner, space=cast.secret, unit=field, leaves_with_unit=True)
    assert {role_of(each, cast.secret) for each in (cast.hiba, cast.outsider, leaver)} == {"member"}
    assert role_of(cast.owner, cast.secret) == "owner"
    page = sign_in(cast.owner).get("/c/merger/members/").content.decode()
    assert "Member by unit: <bdi>Field service</bdi>" in page
    actions.leave(person=cast.outsider, space=cast.secret)
    connection.run_on_commit.clear()  # what the preparations of this test left for their commit
    with django_capture_on_commit_callbacks(execute=True):
        new = person("new", "employee", unit=below)
        leaver.unit = OrgUnit.objects.get(path="R&D/Lab")
        leaver.save()
    drain()
    members = [role_of(each, cast.secret) for each in (new, leaver, cast.outsider)]
    assert members == ["member", "", ""]


def test_roles_are_given_by_rank_and_the_last_owner_stays(cast):
    place = cast.open
    give_role(actor=cast.owner, space=place, person=cast.alex, role="manager")
    assert code_of(give_role, actor=cast.alex, space=place, person=cast.hiba, role="moderator") == ""
    assert code_of(give_role, actor=cast.alex, space=place, person=cast.hiba, role="manager") == "not_owner"
    assert code_of(give_role, actor=cast.alex, space=place, person=cast.owner, role="member") == "not_owner"
    assert code_of(give_role, actor=cast.noa, space=place, person=cast.hiba, role="expert") == "not_runner"
    assert code_of(give_role, actor=cast.owner, space=place, person=cast.owner, role="member") == "only_owner"
    give_role(actor=cast.owner, space=place, person=cast.alex, role="owner")
    give_role(actor=cast.owner, space=place, person=cast.owner, role="member")
    assert (role_of(cast.alex, place), role_of(cast.owner, place)) == ("owner", "member")
    assert code_of(actions.remove, actor=cast.alex, space=place, person=cast.alex) == "only_owner"


def test_somebody_from_outside_stays_a_guest(cast):
    assert (
        code_of(give_role, actor=cast.owner, space=cast.partners, person=cast.guest, role="manager")
        == "guest_stays"
    )
