"""Drafts: kept while typed, never overwritten by another tab, seen by their writer alone, gone once posted."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from intranet.content.models import Draft
from tests.factories import threads as make


def put(client: Client, key: str, version: int, **body: str):
    return client.put(
        f"/drafts/{key}/", json.dumps({"version": version, "body": body}), content_type="application/json"
    )


def test_a_draft_is_saved_read_and_discarded(cast, sign_in):
    noa = sign_in(cast.noa)
    assert put(noa, "ask:open-talk", 0, title="Why", source="x").json()["version"] == 1
    assert put(noa, "ask:open-talk", 1, title="Why?", source="xy").json()["version"] == 2
    kept = noa.get("/drafts/ask:open-talk/").json()
    assert (kept["version"], kept["body"]) == (2, {"title": "Why?", "source": "xy"})
    assert noa.delete("/drafts/ask:open-talk/").status_code == 200
    assert noa.get("/drafts/ask:open-talk/").status_code == 404


def test_an_older_tab_is_told_what_the_newer_one_saved(cast, sign_in):
    noa = sign_in(cast.noa)
    put(noa, "reply:abc", 0, source="first")
    put(noa, "reply:abc", 1, source="newer")
    conflict = put(noa, "reply:abc", 1, source="older")
    assert conflict.status_code == 409
    assert (conflict.json()["version"], conflict.json()["body"]) == (2, {"source": "newer"})
    assert Draft.objects.get().body == {"source": "newer"}


def test_the_same_text_twice_is_no_conflict(cast, sign_in):
    noa = sign_in(cast.noa)
    put(noa, "reply:abc", 0, source="same")
    assert put(noa, "reply:abc", 0, source="same").status_code == 200


def test_a_draft_is_seen_by_its_writer_alone(cast, sign_in):
    put(sign_in(cast.noa), "reply:abc", 0, source="mine")
    assert sign_in(cast.admin).get("/drafts/reply:abc/").status_code == 404
    assert Client().get("/drafts/reply:abc/").json()["error"]["code"] == "signed_out"
    assert put(Client(), "reply:abc", 1, source="not mine").status_code == 401
    assert Draft.objects.get().body == {"source": "mine"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('{"version": 0}', 400),
        ('{"version": "0", "body": {}}', 400),
        ('{"version": 0, "body": {"source": 3}}', 400),
        ('{"version": 0, "body": {"source": "' + "x" * 250_000 + '"}}', 413),
    ],
    ids=["no JSON", "a list", "no body", "a version in words", "no text", "too long"],
)
def test_what_is_no_draft_changes_nothing(cast, sign_in, sent, status):
    response = sign_in(cast.noa).put("/drafts/reply:abc/", sent, content_type="application/json")
    assert response.status_code == status
    assert Draft.objects.count() == 0


def test_nul_in_a_draft_is_left_out(cast, sign_in):
    noa = sign_in(cast.noa)
    sent = '{"version": 0, "body": {"source": "a\\u0000b\\ud800c"}}'
    assert noa.put("/drafts/reply:abc/", sent, content_type="application/json").status_code == 200
    assert Draft.objects.get().body == {"source": "abc"}


def test_a_key_that_is_none_is_not_found(cast, sign_in):
    assert put(sign_in(cast.noa), "UPPER:x", 0, source="x").status_code == 404


def test_the_draft_goes_when_the_post_is_stored_and_the_page_says_so(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    hiba = sign_in(cast.hiba)
    key = f"reply:{asked.public_id}"
    put(hiba, key, 0, source="Warm it")
    page = hiba.get(asked.get_absolute_url()).content.decode()
    assert (
        f'data-draft-key="{key}"' in page
        and 'data-draft-version="1"' in page
        and ">\nWarm it</textarea>" in page
    )
    sent = {"source": "Warm it", "client_token": "a-token-1"}
    done = hiba.post(f"/p/{asked.public_id}/reply/", sent, follow=True).content.decode()
    assert Draft.objects.count() == 0
    assert f'data-draft-done="{key}"' in done
