"""A backup brings everything back, and a damaged one changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from intranet.activity import readers
from intranet.content.models import Post
from intranet.notify.models import Notification
from intranet.posting import actions
from tests.factories.cast import make_cast
from tests.notify.test_inbox import answer, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "drawing.txt").write_text("A-4410 rev. F")
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    (settings.ATTACHMENTS_ROOT / "ab").mkdir(parents=True)
    (settings.ATTACHMENTS_ROOT / "ab" / "abc").write_text("a photo")
    return settings.MEDIA_ROOT


def state():
    return (
        list(Post.objects.order_by("pk").values_list("public_id", "title", "source")),
        list(Notification.objects.order_by("event").values_list("recipient__username", "event_id")),
    )


def test_restoring_brings_back_posts_files_and_notifications(media, tmp_path, capsys):
    cast = make_cast()
    question = ask(cast.noa, cast.open)
    answer(cast.alex, question)
    readers.catch_up_all()
    before = state()
    call_command("backup", str(tmp_path / "kesher.backup"))
    actions.edit(editor=cast.noa, post=question, source="Changed.", base_revision=1)
    (media / "drawing.txt").write_text("rev. G")
    (tmp_path / "attachments" / "ab" / "abc").unlink()
    call_command("restore", str(tmp_path / "kesher.backup"))
    assert state() == before
    assert (media / "drawing.txt").read_text() == "A-4410 rev. F"
    assert (tmp_path / "attachments" / "ab" / "abc").read_text() == "a photo"


def test_a_damaged_backup_changes_nothing(media, tmp_path):
    cast = make_cast()
    ask(cast.noa, cast.open)
    file = tmp_path / "kesher.backup"
    call_command("backup", str(file))
    damaged = bytearray(file.read_bytes())
    place = damaged.index(b"A-4410")
    damaged[place : place + 6] = b"B-4410"
    file.write_bytes(damaged)
    before = state()
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", str(file))
    assert state() == before


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("not a backup")
    with pytest.raises(CommandError, match="is not a backup that can be read"):
        call_command("restore", str(tmp_path / "notes.txt"))
