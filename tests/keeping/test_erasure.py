"""Somebody is erased: the name goes from everywhere, threads stay readable, the trail stays."""

from __future__ import annotations

import pytest

from intranet.access.verdict import Refused
from intranet.audit.models import AuditEntry
from intranet.content.models import Membership, Post
from intranet.keeping import erasing
from intranet.keeping.models import Erasure
from intranet.people.models import ApiToken, User
from tests.factories.knowledge import answer, ask


@pytest.fixture
def thread(cast) -> Post:
    question = ask(cast.alex, cast.open, "Who knows the old press")
    answer(cast.hiba, question, "Turn the lower screw first.")
    answer(cast.noa, question, "I asked @hiba, and @hiba. knows. Not @hiba-lab.")
    ApiToken.issue(cast.hiba, "script")
    return question


def erase(cast) -> Erasure:
    wanted = erasing.request_erasure(actor=cast.admin, person=cast.hiba, reason="She asked by letter.")
    return erasing.erase(actor=cast.admin2, erasure=wanted)


def test_threads_stay_readable_without_the_name(cast, thread, sign_in):
    erase(cast)
    page = sign_in(cast.alex).get(thread.get_absolute_url()).content.decode()
    assert "Turn the lower screw first." in page and "Former colleague" in page
    assert "Hiba" not in page and "Zeituni" not in page and "@hiba " not in page
    mention = Post.objects.get(source__contains="Not @")
    assert (
        mention.source == f"I asked @former-{cast.hiba.pk}, and @former-{cast.hiba.pk}. knows. Not @hiba-lab."
    )


def test_the_account_is_nobodys(cast, thread, sign_in):
    client = sign_in(cast.hiba)
    erase(cast)
    row = User.objects.get(pk=cast.hiba.pk)
    assert (row.username, row.email, row.unit, row.roles, row.is_active) == (
        f"former-{row.pk}",
        "",
        None,
        [],
        False,
    )
    assert not row.has_usable_password()
    assert not ApiToken.objects.filter(person=row).exists()
    assert not Membership.objects.filter(person=row).exists()
    assert client.get("/").status_code == 302


def test_the_trail_stays_and_what_stays_is_said_with_its_reason(cast, thread, sign_in):
    done = erase(cast)
    assert done.summary["stays"]["intranet.Post.author"] == 1
    assert done.summary["mentions"] == 1
    assert [entry.about for entry in AuditEntry.objects.filter(deed="erased")] == [cast.hiba.pk]
    page = sign_in(cast.admin).get("/moderation/audit/people/").content.decode()
    assert "So that threads stay readable, without a name." in page
    assert "Hiba" not in page and "letter" not in page


def test_one_alone_erases_nobody(cast, thread):
    wanted = erasing.request_erasure(actor=cast.admin, person=cast.hiba)
    for actor in (cast.admin, cast.hiba, cast.moderator):
        with pytest.raises(Refused):
            erasing.erase(actor=actor, erasure=wanted)
    own = erasing.request_erasure(actor=cast.admin2, person=cast.admin2)
    with pytest.raises(Refused):
        erasing.erase(actor=cast.admin2, erasure=own)
    assert User.objects.get(pk=cast.hiba.pk).name == "Hiba Zeituni"


def test_the_only_owner_hands_over_first(cast):
    wanted = erasing.request_erasure(actor=cast.admin, person=cast.owner)
    with pytest.raises(Refused) as refused:
        erasing.erase(actor=cast.admin2, erasure=wanted)
    assert refused.value.verdict.code == "owns"


def test_a_person_asks_and_takes_it_back(cast, sign_in):
    client = sign_in(cast.hiba)
    assert client.post("/me/data/erase/", {"username": "alex"}).status_code == 422
    assert client.post("/me/data/erase/", {"username": "hiba"}).status_code == 302
    wanted = Erasure.objects.get()
    assert (wanted.person, wanted.requested_by) == (cast.hiba, cast.hiba)
    assert client.post("/me/data/erase/", {"deed": "withdraw"}).status_code == 302
    assert not Erasure.objects.filter(settled_at=None).exists()
    client.post("/me/data/erase/", {"username": "hiba"})
    again = Erasure.objects.get(settled_at=None)
    assert (
        sign_in(cast.admin).post(f"/moderation/audit/people/erase/{again.pk}/", {"deed": "erase"}).status_code
        == 302
    )
    assert erasing.is_erased(User.objects.get(pk=cast.hiba.pk))
