"""Deletes what was kept long enough."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intranet.keeping import retention


class Command(BaseCommand):
    help = "Deletes what was kept long enough, by kind. The nightly task does the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        counts = retention.due() if dry_run else retention.clean_up()
        for kind in retention.KINDS:
            self.stdout.write(f"{kind.name}\t{kind.keep.days} days\t{counts[kind.name]}")
        word = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{sum(counts.values())} {word}; people under a legal hold lose nothing.")
