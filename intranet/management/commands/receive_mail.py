"""`manage.py receive_mail`: takes one reply by mail from standard input. What a mail server's pipe calls."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.mailin.receiving import NotForUs, receive
from intranet.settings.product import MAIL_MAX_BYTES

NO_SUCH_USER, BAD_DATA = 67, 65
"""EX_NOUSER and EX_DATAERR of sysexits.h: the mail server returns the message to its sender."""


class Command(BaseCommand):
    help = "Reads one message (RFC 5322) from standard input and posts what it replies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", metavar="ADDRESS", help="the recipient of the envelope")

    def handle(self, *, to: str, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MAIL_MAX_BYTES + 1)
        if len(raw) > MAIL_MAX_BYTES:
            raise CommandError(f"The message is larger than {MAIL_MAX_BYTES:,} bytes.", returncode=BAD_DATA)
        try:
            received = receive(raw, to)
        except NotForUs as refusal:
            raise CommandError(str(refusal), returncode=NO_SUCH_USER) from None
        where = f" {received.post.get_absolute_url()}" if received.post else ""
        self.stdout.write(f"{received.outcome}{where}")
