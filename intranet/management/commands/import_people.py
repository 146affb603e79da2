"""`manage.py import_people FILE.csv`: make the people here those of the directory."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.people.directory import COLUMNS, import_people
from intranet.text.tables import BadTable


class Command(BaseCommand):
    help = f"Create, change and deactivate people by a CSV file with the columns {','.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_people(options["file"], dry_run=options["dry_run"])
        except BadTable as refused:
            raise CommandError(str(refused)) from None
        for word, names in (
            ("created", report.created),
            ("changed", report.changed),
            ("deactivated", report.deactivated),
        ):
            if options["verbosity"] > 1 and names:
                self.stdout.write(f"{word}: {', '.join(names)}")
        self.stdout.write(f"{'Dry run: ' if options['dry_run'] else ''}{report}")
