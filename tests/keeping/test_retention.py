"""What was kept long enough goes; a dry run counts and deletes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from intranet.activity import readers
from intranet.audit.models import AuditEntry
from intranet.content.models import Draft
from intranet.keeping import retention
from intranet.mailin.models import ReceivedMail
from intranet.notify.models import Notification
from intranet.settings import product
from tests.factories.knowledge import answer, ask


def test_a_dry_run_counts_and_deletes_nothing(cast, capsys):
    now = timezone.now()
    Draft.objects.create(person=cast.noa, key="old", saved=now - timedelta(days=366))
    Draft.objects.create(person=cast.noa, key="young", saved=now - timedelta(days=364))
    call_command("retention", "--dry-run")
    assert "drafts\t365 days\t1\n" in capsys.readouterr().out
    assert Draft.objects.count() == 2
    call_command("retention")
    assert [draft.key for draft in Draft.objects.all()] == ["young"]
    assert AuditEntry.objects.get(deed="retention_run").facts == {"drafts": 1}


def test_notices_go_after_they_were_read(cast):
    answer(cast.alex, ask(cast.noa, cast.open, "Which grease for the cold"))
    readers.catch_up_all()
    assert Notification.objects.filter(recipient=cast.noa).count() == 1
    long_ago = timezone.now() - timedelta(days=200)
    assert retention.due()["notifications"] == 0
    Notification.objects.filter(recipient=cast.noa).update(seen_at=long_ago)
    assert retention.clean_up()["notifications"] == 1


def test_which_replies_came_by_mail_is_forgotten_long_after_no_address_takes_them_any_more(cast):
    now = timezone.now()
    for digest, days in (("a" * 64, 91), ("b" * 64, 89)):
        ReceivedMail.objects.create(
            digest=digest, person=cast.noa, outcome="posted", at=now - timedelta(days=days)
        )
    assert timedelta(days=product.MAIL_REPLY_DAYS) < product.KEEP_RECEIVED_MAILS
    assert retention.due()["mails"] == 1
    assert retention.clean_up()["mails"] == 1
    assert ReceivedMail.objects.get().digest == "b" * 64


def test_a_second_run_finds_nothing(cast):
    retention.clean_up()
    assert sum(retention.clean_up().values()) == 0
