"""A copy of a person's data: all of it for the person, nothing of secret places for anybody else."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from communities.charters.models import Charter
from intranet.activity import readers
from intranet.audit.models import AuditEntry
from intranet.content.models import Draft
from intranet.keeping import retention, takeouts
from intranet.keeping.models import Takeout
from intranet.people.models import ApiToken
from tests.factories import threads as make
from tests.factories.knowledge import answer, ask


@pytest.fixture
def written(cast) -> None:
    ask(cast.noa, cast.open, "Which grease for the cold")
    ask(cast.noa, cast.secret, "Whom do we buy")
    ask(cast.alex, cast.open, "Written by somebody else")
    Draft.objects.create(person=cast.noa, key="reply:x", body={"source": "Half a thought"})
    ApiToken.issue(cast.noa, "script", "ksh_secret")


def made(actor, person) -> tuple[Takeout, dict, str]:
    takeout = takeouts.request_takeout(actor=actor, person=person, reason="Asked by letter.")
    takeouts.make(takeout)
    with zipfile.ZipFile(takeout.path) as archive:
        return takeout, json.loads(archive.read("data.json")), archive.read("index.html").decode()


def test_the_person_gets_everything_of_theirs_in_their_language(cast, written):
    _takeout, data, page = made(cast.noa, cast.noa)
    assert sorted(post["title"] for post in data["intranet.Post.author"]) == [
        "Which grease for the cold",
        "Whom do we buy",
    ]
    assert data["intranet.Draft.person"][0]["body"] == {"source": "Half a thought"}
    assert data["person"]["email"] == "noa@example.org"
    assert 'lang="he" dir="rtl"' in page and "Whom do we buy" in page
    whole = json.dumps(data)
    assert (
        "password" not in data["person"] and "ksh_" not in whole and "Written by somebody else" not in whole
    )


def test_what_was_disclosed_with_a_post_goes_along(cast):
    make.discussion(cast.noa, cast.open, "A standard", disclosures=["interest", "outside=DIN 3990"])
    ask(cast.noa, cast.open, "Which grease for the cold")
    _takeout, data, page = made(cast.noa, cast.noa)
    said = {
        post["title"]: [each["kind"] for each in post["disclosures"]] for post in data["intranet.Post.author"]
    }
    assert said == {"A standard": ["interest", "outside"], "Which grease for the cold": []}
    assert "DIN 3990" in page


def test_an_administrators_copy_is_no_way_into_secret_places(cast, written):
    _takeout, data, page = made(cast.admin, cast.noa)
    assert [post["title"] for post in data["intranet.Post.author"]] == ["Which grease for the cold"]
    assert "Whom do we buy" not in page and "Half a thought" not in json.dumps(data)
    assert cast.secret.pk not in [row["space_id"] for row in data["intranet.Membership.person"]]
    assert cast.secret.pk not in [row["space_id"] for row in data["intranet.Event.actor"]]


def test_an_administrators_copy_does_not_tell_who_asked_without_a_name(cast):
    Charter.objects.filter(space=cast.open).update(anonymous_allowed=True)
    question = make.question(cast.noa, cast.open, "May one say no to overtime?", anonymous=True)
    answer(cast.alex, question)
    readers.catch_up_all()
    _takeout, data, page = made(cast.admin, cast.noa)
    told = [
        name
        for name, rows in data.items()
        if name != "person" and question.pk in [row.get("post_id") for row in rows]
    ]
    assert (told, question.title in page, question.title in json.dumps(data)) == ([], False, False)


def test_only_who_asked_fetches_it_until_it_expires(cast, written, sign_in):
    client = sign_in(cast.noa)
    assert client.post("/me/data/copy/").status_code == 302
    takeout = Takeout.objects.get()
    assert client.get(takeout.get_absolute_url()).status_code == 404
    takeouts.make(takeout)
    answer = client.get(takeout.get_absolute_url())
    assert zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).testzip() is None
    for other in (cast.alex, cast.admin, cast.moderator):
        assert sign_in(other).get(takeout.get_absolute_url()).status_code == 404
    told = (
        AuditEntry.objects.filter(deed__startswith="takeout_").order_by("pk").values_list("deed", flat=True)
    )
    assert list(told) == ["takeout_requested", "takeout_fetched"]
    Takeout.objects.update(expires_at=timezone.now())
    assert client.get(takeout.get_absolute_url()).status_code == 404


def test_a_copy_that_expired_is_deleted(cast, written):
    takeout, _data, _page = made(cast.noa, cast.noa)
    later = timezone.now() + timedelta(days=8)
    assert retention.clean_up(later)["takeouts"] == 1
    assert not takeout.path.exists()


def test_others_ask_for_nothing(cast, sign_in):
    asked = {"copy-person": "noa", "copy-reason": "Curious."}
    assert sign_in(cast.moderator).post("/moderation/audit/people/copy/", asked).status_code == 403
    assert sign_in(cast.admin).post("/moderation/audit/people/copy/", asked).status_code == 302
    assert [takeout.requested_by for takeout in Takeout.objects.all()] == [cast.admin]
