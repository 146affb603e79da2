"""Puts back what `backup` wrote."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.activity import readers
from intranet.audit import heads, trail
from intranet.audit.wall import raise_wall
from intranet.runtime import backup


class Command(BaseCommand):
    help = "Replaces the database and the uploaded files by those of a backup. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            backup.read(file.resolve())
        except backup.BackupError as problem:
            raise CommandError(str(problem)) from problem
        raise_wall()
        heads.set_aside()
        trail.write("restored_backup", file=file.name)
        read = readers.start_anew_after_restore()
        self.stdout.write(f"{file} is restored; {read} events were read again.")
