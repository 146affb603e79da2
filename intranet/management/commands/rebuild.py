"""Derives again what readers of the log derived: the search index, notifications and whatever else is registered."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intranet.activity import readers


class Command(BaseCommand):
    help = "Throws away what readers of the log derived and reads the whole log again.."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = sorted(reader.name for reader in readers.registered())
        parser.add_argument("reader", nargs="+", choices=names, help="what to rebuild")

    def handle(self, *, reader: list[str], **options: Any) -> None:
        for name in reader:
            count = readers.rebuild(readers.reader_named(name))
            self.stdout.write(f"{name}: {count} events read")
