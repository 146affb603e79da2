"""A hold takes two people to place and two to end, and keeps what it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.audit import holds
from intranet.audit.models import AuditEntry, LegalHold
from intranet.content.models import Draft
from intranet.keeping import erasing, retention
from tests.factories.knowledge import ask


@pytest.fixture
def requested(cast) -> LegalHold:
    return holds.request_hold(actor=cast.admin, person=cast.noa, reason="A claim.")


def test_one_person_alone_places_no_hold(cast, requested):
    for actor in (cast.admin, cast.moderator, cast.noa):
        with pytest.raises(Refused):
            holds.settle_request(actor=actor, hold=requested, agreed=True)
    assert not holds.is_held(cast.noa)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=requested.pk).update(approved_by=cast.admin)


def test_two_place_it_and_two_end_it(cast, requested):
    holds.settle_request(actor=cast.admin2, hold=requested, agreed=True)
    assert holds.is_held(cast.noa) and not holds.is_held(cast.alex)
    holds.ask_release(actor=cast.admin2, hold=requested)
    with pytest.raises(Refused):
        holds.settle_release(actor=cast.admin2, hold=requested, agreed=True)
    assert holds.is_held(cast.noa)
    holds.settle_release(actor=cast.admin, hold=requested, agreed=True)
    assert not holds.is_held(cast.noa)
    told = AuditEntry.objects.filter(deed__startswith="hold_").order_by("pk").values_list("deed", flat=True)
    assert list(told) == ["hold_requested", "hold_approved", "hold_release_asked", "hold_released"]


@pytest.mark.parametrize("target", ["person", "post", "space"])
def test_what_is_held_is_neither_cleaned_up_nor_erased(cast, target):
    question = ask(cast.noa, cast.open, "When was it delivered")
    what = {"person": cast.noa, "post": question, "space": cast.open}[target]
    long_ago = timezone.now() - timedelta(days=500)
    for person in (cast.noa, cast.alex):
        Draft.objects.create(person=person, key="reply:x", saved=long_ago)
    hold = holds.request_hold(actor=cast.admin, reason="A claim.", **{target: what})
    holds.settle_request(actor=cast.admin2, hold=hold, agreed=True)
    assert retention.due()["drafts"] == 1
    assert retention.clean_up()["drafts"] == 1
    assert [draft.person for draft in Draft.objects.all()] == [cast.noa]
    erasure = erasing.request_erasure(actor=cast.admin, person=cast.noa)
    with pytest.raises(Refused) as refused:
        erasing.erase(actor=cast.admin2, erasure=erasure)
    assert refused.value.verdict.code == "held"


def test_the_pages_lead_through_it(cast, sign_in):
    first, second = sign_in(cast.admin), sign_in(cast.admin2)
    asked = {"kind": "person", "name": "noa", "reason": "A claim."}
    assert first.post("/moderation/audit/holds/", asked).status_code == 302
    hold = LegalHold.objects.get()
    assert "A legal hold was asked for" in second.get("/").content.decode()
    assert "A legal hold was asked for" not in first.get("/").content.decode()
    assert "Another administrator than who asked" in first.get("/moderation/audit/holds/").content.decode()
    assert first.post(f"/moderation/audit/holds/{hold.pk}/", {"deed": "approve"}).status_code == 403
    assert second.post(f"/moderation/audit/holds/{hold.pk}/", {"deed": "approve"}).status_code == 302
    assert holds.is_held(cast.noa)
    assert sign_in(cast.moderator).get("/moderation/audit/holds/").status_code == 403
    again = first.post("/moderation/audit/holds/", asked)
    assert (again.status_code, "There is such a hold already." in again.content.decode()) == (409, True)
    lost = first.post("/moderation/audit/holds/", asked | {"kind": "space", "name": "merger"})
    assert (lost.status_code, "A claim." in lost.content.decode()) == (422, True)
