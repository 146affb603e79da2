"""Where policies stand: one space, one folder of pages, one group of editors. Safe to call at any time."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from intranet.people.models import User
from intranet.people.roles import Role
from intranet.policies.kinds import Audience
from intranet.policies.models import PolicyIndexPage
from intranet.policies.rooms import room_for

EDITORS = "Policy owners"
RIGHTS = ("add_page", "change_page", "publish_page")
ROLES = (Role.POLICY_OWNER, Role.ADMIN)


@transaction.atomic
def ensure_policies() -> PolicyIndexPage:
    """The folder of all policies, made with its space and its group of editors where they are missing."""
    room_for(Audience.EVERYONE)
    top = Page.objects.select_for_update().filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    index = PolicyIndexPage.objects.first() or top.add_child(
        instance=PolicyIndexPage(title="Policies", slug="policies")
    )
    _ensure_editors(index)
    return index


def _ensure_editors(index: PolicyIndexPage) -> None:
    group, _made = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in Permission.objects.filter(content_type__model="page", codename__in=RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=right)
    group.user_set.set(User.objects.active().filter(Q(roles__overlap=[*ROLES])))


def sync_editor(person: User) -> None:
    """Make `person` an editor of policies on Wagtail's desk exactly while they hold the role."""
    group = Group.objects.get(name=EDITORS)
    if person.has_role(*ROLES):
        person.groups.add(group)
    else:
        person.groups.remove(group)
