"""What leaves an entry."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from intranet.activity import readers
from intranet.activity.verbs import all_verbs
from intranet.audit import chain, trail
from intranet.audit.kinds import FROM_LOG, SAID
from intranet.audit.models import AuditEntry
from intranet.content.models import Membership
from intranet.moderation import locks
from intranet.people.models import User
from intranet.people.roles import Role
from tests.factories.cast import PASSWORD
from tests.factories.clauses import clause_version
from tests.factories.knowledge import ask


def deeds(**filters) -> list[str]:
    return list(AuditEntry.objects.filter(**filters).order_by("pk").values_list("deed", flat=True))


def test_audited_verbs_are_those_of_the_log():
    assert FROM_LOG - {verb.name for verb in all_verbs()} == set()


def test_the_trail_speaks_of_people_and_never_to_its_reader():
    said = {verb.name: str(SAID.get(verb.name, verb.text)) for verb in all_verbs() if verb.name in FROM_LOG}
    assert {name: text for name, text in said.items() if re.search(r"\byour?\b", text, re.IGNORECASE)} == {}
    assert SAID.keys() <= FROM_LOG


def test_a_lock_leaves_one_entry_however_often_the_log_is_read(cast):
    question = ask(cast.noa, cast.open, "Why is it always him")
    locks.lock(actor=cast.moderator, post=question, clause=clause_version(), note="Enough.")
    reader = readers.reader_named("audit")
    readers.catch_up(reader)
    readers.rebuild(reader)
    (entry,) = AuditEntry.objects.filter(post=question.pk)
    assert (entry.deed, entry.actor, entry.about) == ("locked", cast.moderator.pk, cast.noa.pk)


def test_changed_rights_leave_an_entry_even_by_raw_sql(cast):
    User.objects.filter(pk=cast.noa.pk).update(roles=[Role.EMPLOYEE, Role.ADMIN])
    entry = AuditEntry.objects.get(deed="rights_changed", about=cast.noa.pk)
    assert entry.facts["before"]["roles"] == ["employee"]
    assert entry.facts["after"]["roles"] == ["employee", "admin"]
    assert entry.actor is None


def test_rights_changed_on_the_administrators_desk_say_by_whom(cast):
    with trail.acting(cast.admin):
        User.objects.filter(pk=cast.noa.pk).update(roles=[Role.ADMIN])
    Membership.objects.filter(person=cast.alex, space=cast.open).update(role="manager")
    assert AuditEntry.objects.get(deed="rights_changed", about=cast.noa.pk).actor == cast.admin.pk
    role = AuditEntry.objects.get(deed="space_role_changed", about=cast.alex.pk)
    assert (role.actor, role.space, role.facts) == (
        None,
        cast.open.pk,
        {"before": "member", "after": "manager"},
    )


def test_a_sign_in_with_rights_leaves_an_entry_and_one_without_leaves_none(cast):
    AuditEntry.objects.filter(deed="signed_in").count()
    for person in (cast.admin, cast.noa):
        Client().force_login(person)
    assert [entry.actor for entry in AuditEntry.objects.filter(deed="signed_in")] == [cast.admin.pk]


def test_a_failed_sign_in_as_administrator_leaves_an_entry(cast):
    assert not Client().login(username="admin", password=PASSWORD + "!")
    assert not Client().login(username="noa", password=PASSWORD + "!")
    assert [entry.about for entry in AuditEntry.objects.filter(deed="sign_in_failed")] == [cast.admin.pk]


def test_an_export_leaves_an_entry(cast):
    client = Client()
    client.force_login(cast.noa)
    assert client.get("/network/mine.json").status_code == 200
    (entry,) = AuditEntry.objects.filter(deed="exported")
    assert (entry.actor, entry.facts["path"]) == (cast.noa.pk, "/network/mine.json")


def test_sealing_twice_seals_once(cast):
    trail.write("takeout_requested", cast.admin, about=cast.noa)
    assert chain.seal() == AuditEntry.objects.count()
    assert chain.seal() == 0


def test_an_unknown_deed_is_a_mistake(cast):
    with pytest.raises(KeyError):
        trail.write("made_tea", cast.admin)
