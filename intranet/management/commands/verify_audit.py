"""Finds any change of the audit trail."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.audit import heads, verifying
from intranet.audit.models import AuditBatch, AuditEntry

MOST_TOLD = 20


class Command(BaseCommand):
    help = "Compares every audit entry with what was sealed, and the chain with the heads that were exported."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="tell every flaw, not only the first ones")

    def handle(self, *, all: bool, **options: Any) -> None:
        try:
            found = list(islice(verifying.flaws(), None if all else MOST_TOLD))
            written = heads.exported()
        except heads.BadHeads as problem:
            raise CommandError(str(problem)) from problem
        for flaw in found[1:]:
            self.stderr.write(str(flaw))
        if found:
            raise CommandError(f"The audit trail was changed. First at {found[0]}.")
        last = AuditBatch.objects.order_by("-number").first()
        sealed = last.ids[-1] if last else 0
        open_ = AuditEntry.objects.filter(pk__gt=sealed).count()
        self.stdout.write(
            f"Whole: {last.number if last else 0} batches agree with their entries and {len(written)} exported heads; "
            f"{open_} entries wait to be sealed. Head {last.digest if last else 'none'}."
        )
