"""Writes everything the site keeps into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.runtime import backup


class Command(BaseCommand):
    help = "Writes the database and the uploaded files into one file with checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            size = backup.write(file.resolve())
        except backup.BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{file}: {size / 1_000_000:.1f} MB.")
