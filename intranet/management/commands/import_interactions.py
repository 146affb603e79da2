"""`manage.py import_interactions FILE.csv`: who dealt with whom elsewhere, for the network report."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.text.tables import BadTable
from kms.network.formats import COLUMNS, FORMATS, OPTIONAL
from kms.network.imports import import_interactions


class Command(BaseCommand):
    help = (
        f"Take in interactions from a CSV file with the columns {','.join(COLUMNS)}[,{','.join(OPTIONAL)}], "
        "or from a Slack export, a Teams or Viva table, or a table of mail counts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--format", choices=sorted(FORMATS), default="csv", help="what kind of file it is"
        )
        parser.add_argument(
            "--source", metavar="NAME", default="", help="where it comes from, such as mail-2010"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_interactions(
                options["file"],
                form=options["format"],
                origin=options["source"] or options["file"].stem,
                dry_run=options["dry_run"],
                progress=partial(tqdm, unit=" rows", disable=None),
            )
        except BadTable as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{'Dry run: ' if options['dry_run'] else ''}{report}")
