"""Files: taken in by what they hold, made harmless, given out only to those who may read the post."""

from __future__ import annotations

import io
import os
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from intranet.attachments import storing
from intranet.attachments.tasks import sweep_orphans
from intranet.content import guard
from intranet.content.files import Attachment
from intranet.content.models import Draft, Post
from intranet.people.models import ApiToken
from intranet.posting import actions as posting
from tests.attachments.conftest import picture, sent
from tests.factories import threads as make

SPACE = {"space": "open-talk"}


def add(client: Client, content: bytes, name: str = "rig.png", **place: str):
    return client.post("/attachments/", {"file": sent(content, name), **(place or SPACE)})


def added(client: Client, content: bytes | None = None, name: str = "rig.png", **place: str) -> Attachment:
    answer = add(client, content or picture(), name, **place)
    assert answer.status_code == 201, answer.content
    return Attachment.objects.get(public_id=answer.json()["id"])


def body(response) -> bytes:
    return response.content


def test_a_picture_is_made_anew_without_what_the_camera_said(cast, sign_in):
    exif = Image.Exif()
    exif[0x010F] = "SecretCam"
    exif[0x0112] = 6  # lies on its side
    raw = picture((40, 30), "JPEG", exif=exif)
    assert b"SecretCam" in raw
    alex = sign_in(cast.alex)
    file = added(alex, raw + b"hidden-behind", "photo.jpg")
    kept = body(alex.get(file.get_absolute_url()))
    assert b"SecretCam" not in kept and b"hidden-behind" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (30, 40), {})
    assert (file.width, file.height) == (30, 40)


def test_a_large_picture_has_a_small_one_for_the_text(cast, sign_in):
    alex = sign_in(cast.alex)
    file = added(alex, picture((2_600, 1_300)))
    assert (file.small_width, file.small_height) == (1_280, 640)
    with Image.open(io.BytesIO(body(alex.get(f"{file.get_absolute_url()}small/")))) as opened:
        assert (opened.format, opened.size) == ("WEBP", (1_280, 640))


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (picture((5_000, 5_000)), "huge.png", 422, "picture_too_large"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 200, "broken.png", 422, "picture_broken"),
        (b"MZ\x90\x00" + b"x" * 50, "holiday.jpg", 422, "file_program"),
        (b"echo 1", "tidy.bat", 422, "file_program"),
        (b"x" * (20 * 1024 * 1024 + 1), "long.txt", 413, "file_too_large"),
    ],
    ids=["too many pixels", "broken", "a program with another name", "a script", "too large"],
)
def test_what_is_not_taken_is_said_and_leaves_nothing(cast, sign_in, content, name, status, code):
    answer = add(sign_in(cast.alex), content, name)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert (Attachment.objects.count(), list(storing.stored())) == (0, [])


def test_an_empty_file_is_not_taken(cast, sign_in):
    answer = add(sign_in(cast.alex), b"", "nothing.txt")
    assert (answer.status_code, Attachment.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("content", "name", "kind", "shown"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "logo.svg", "text/plain", False),
        (b"<html><script>x()</script>", "picture.png", "text/plain", False),
        (b"%PDF-1.7 ...", "limits.pdf", "application/pdf", False),
        (bytes(range(256)), "model.dwg", "application/octet-stream", False),
        (picture(kind="GIF"), "anything.txt", "image/png", True),
    ],
    ids=["SVG", "HTML called a picture", "PDF", "unknown", "a picture called a text"],
)
def test_the_type_comes_from_the_content_and_only_pictures_are_shown(
    cast, sign_in, content, name, kind, shown
):
    alex = sign_in(cast.alex)
    answer = alex.get(added(alex, content, name).get_absolute_url())
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_cannot_turn_its_ending_around_or_lead_elsewhere(cast, sign_in):
    file = added(sign_in(cast.alex), b"a,b", "..\\..\\report\u202evsc.xlsx")
    assert file.name == "reportvsc.xlsx"


def test_a_hebrew_name_comes_back_whole(cast, sign_in):
    alex = sign_in(cast.alex)
    file = added(alex, b"a,b", "מדידות מנוע.csv")
    assert "filename*=utf-8''%D7%9E%D7%93" in alex.get(file.get_absolute_url())["Content-Disposition"]


def posted(author, space, file: Attachment) -> Post:
    return make.question(author, space, source=f"See {file.markdown}")


READERS = {
    "noa": 200,
    "alex": 200,
    "outsider": 404,
    "former": 404,
    "guest": 404,
    "moderator": 404,
    "admin": 404,
}


@pytest.mark.parametrize(("who", "status"), READERS.items())
def test_a_file_of_a_secret_community_does_not_exist_for_others(cast, sign_in, who, status):
    file = added(sign_in(cast.noa), space="merger")
    posted(cast.noa, cast.secret, file)
    client = sign_in(cast.people[who])
    for rest in ("", "small/"):
        knows_it = {"If-None-Match": f'"{file.digest}"'}
        assert client.get(f"{file.get_absolute_url()}{rest}").status_code == status
        if status == 404:
            hidden = client.get(f"{file.get_absolute_url()}{rest}", headers=knows_it)
            nothing = client.get(f"/attachments/2222222222222/{rest}", headers=knows_it)
            assert (hidden.status_code, hidden.get("ETag")) == (nothing.status_code, nothing.get("ETag"))
    token = ApiToken.issue(cast.people[who], "tests")
    program = Client(headers={"Authorization": f"Bearer {token}"})
    assert program.get(f"/api/v1/attachments/{file.public_id}").status_code == status


def test_before_it_is_posted_only_its_owner_has_it(cast, sign_in):
    file = added(sign_in(cast.alex))
    assert sign_in(cast.alex).get(file.get_absolute_url()).status_code == 200
    assert sign_in(cast.noa).get(file.get_absolute_url()).status_code == 404
    assert Client().get(file.get_absolute_url()).status_code == 302


def test_who_has_it_already_is_told_so(cast, sign_in):
    alex = sign_in(cast.alex)
    file = added(alex)
    etag = alex.get(file.get_absolute_url())["ETag"]
    assert alex.get(file.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 304


def test_the_text_shows_the_picture_and_hiding_the_post_hides_it(cast, sign_in):
    alex = sign_in(cast.alex)
    file = added(alex)
    asked = posted(cast.alex, cast.open, file)
    page = sign_in(cast.noa).get(asked.get_absolute_url()).content.decode()
    assert f'src="/attachments/{file.public_id}/small/" alt="rig.png" width="40" height="30"' in page
    file.refresh_from_db()
    assert file.post == asked
    posting.remove(actor=cast.alex, post=asked)
    assert sign_in(cast.noa).get(file.get_absolute_url()).status_code == 404


def test_nobody_shows_or_takes_a_file_of_somebody_else(cast, sign_in):
    file = added(sign_in(cast.alex), name="target-price.png")
    asked = posted(cast.noa, cast.open, file)
    assert "target-price" not in asked.html.replace("target-price.png</p>", "")
    assert f"/attachments/{file.public_id}/" not in asked.html
    file.refresh_from_db()
    assert file.post is None


def test_a_file_of_another_place_is_not_named_in_an_open_one(cast, sign_in):
    file = added(sign_in(cast.noa), name="target-price.png", space="merger")
    posted(cast.noa, cast.secret, file)
    asked = make.question(cast.noa, cast.open, source=f"![look](attachment:{file.public_id})")
    assert "target-price" not in asked.html


@pytest.mark.parametrize("scope", ["attachments", "all"])
def test_a_lock_stops_uploading_and_posting_what_was_uploaded(cast, sign_in, scope):
    asked = make.question(cast.noa, cast.open)
    alex = sign_in(cast.alex)
    file = added(alex, post=asked.public_id)
    make.lock(cast.moderator, asked, scope=scope)
    late = add(alex, picture(), post=asked.public_id)
    assert (late.status_code, late.json()["error"]["code"]) == (423, "locked")
    said = {"source": file.markdown, "client_token": "token-0001"}
    answer = alex.post(f"/p/{asked.public_id}/reply/", said)
    assert answer.status_code == 403
    assert file.markdown in answer.content.decode()
    assert Post.objects.filter(root=asked).count() == 0
    if scope == "attachments":
        plain = {"source": "Without a file.", "client_token": "token-0002"}
        assert alex.post(f"/p/{asked.public_id}/reply/", plain).status_code == 302


@pytest.mark.parametrize(
    ("who", "place", "status"),
    [
        ("suspended", "open-talk", 403),
        ("outsider", "open-talk", 403),
        ("outsider", "merger", 404),
        ("guest", "open-talk", 404),
    ],
)
def test_who_may_not_write_there_may_not_upload_there(cast, sign_in, who, place, status):
    assert add(sign_in(cast.people[who]), picture(), space=place).status_code == status
    assert list(storing.stored()) == []


def test_a_day_has_an_end(cast, sign_in):
    with guard.opened():
        Attachment.objects.create(
            owner=cast.alex, name="big", content_type="text/plain", size=300 * 1024 * 1024, digest=""
        )
    answer = add(sign_in(cast.alex), picture())
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "quota")
    Attachment.objects.update(created=timezone.now() - timedelta(days=2))
    assert add(sign_in(cast.alex), picture()).status_code == 201


def test_what_nobody_posted_goes_after_a_week(cast, sign_in, folder):
    alex = sign_in(cast.alex)
    kept, drafted, orphan, fresh = (added(alex, name=f"{n}.png") for n in range(4))
    posted(cast.alex, cast.open, kept)
    Draft.objects.create(person=cast.alex, key="ask:open-talk", body={"source": drafted.markdown})
    long_ago = timezone.now() - timedelta(days=8)
    Attachment.objects.exclude(pk=fresh.pk).update(created=long_ago)
    lost = folder / "zz" / "zzlost"
    lost.parent.mkdir()
    lost.write_text("half an upload")
    os.utime(lost, (time.time() - 90_000,) * 2)
    assert sweep_orphans.func() == 2
    assert set(Attachment.objects.values_list("pk", flat=True)) == {kept.pk, drafted.pk, fresh.pk}
    assert not orphan.path.exists() and not orphan.small_path.exists() and not lost.exists()
    assert kept.path.exists() and drafted.path.exists()
    assert sweep_orphans.func() == 0


def test_programs_upload_name_list_and_fetch(cast):
    token = ApiToken.issue(cast.alex, "tests")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    made = client.post("/api/v1/attachments", {"file": sent(picture()), "community": "open-talk"})
    assert made.status_code == 201, made.content
    said = {"title": "Look", "source": made.json()["markdown"]}
    thread = client.post(
        "/api/v1/communities/open-talk/threads", said, content_type="application/json"
    ).json()
    listed = client.get(f"/api/v1/posts/{thread['id']}/attachments").json()["items"]
    assert [(each["id"], each["post"], each["content_type"]) for each in listed] == [
        (made.json()["id"], thread["id"], "image/png")
    ]
    assert client.get(f"/api/v1/attachments/{made.json()['id']}").status_code == 200
    too_large = client.post(
        "/api/v1/attachments", {"file": sent(b"x" * 21_000_000), "community": "open-talk"}
    )
    assert too_large.status_code == 413
    assert (
        client.post("/api/v1/attachments", {"file": sent(picture()), "community": "merger2"}).status_code
        == 404
    )
