"""`manage.py sna_report`: the whole network analysis on files alone; no database is touched."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.settings import product
from kms.sna.files import report_from_files, write_report
from kms.sna.records import DEFINITIONS, SnaError, Terms, Window


class Command(BaseCommand):
    help = "Analyse the ties of a CSV file between the groups of another, and write the report as JSON."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--people", metavar="P.csv", type=Path, required=True, help="columns id and groups"
        )
        parser.add_argument(
            "--ties",
            metavar="T.csv",
            type=Path,
            required=True,
            help="columns source,target[,kind,at,weight,audience_size]",
        )
        parser.add_argument("--group", metavar="COLUMN", required=True, help="the column of P to group by")
        parser.add_argument("--out", metavar="R.json", type=Path, required=True)
        parser.add_argument("--definition", choices=DEFINITIONS, default="any", help="what counts as a tie")
        parser.add_argument("--window", metavar="FROM,TO", help="ISO 8601 or epoch seconds; TO is left out")
        parser.add_argument("--against", metavar="FROM,TO", help="a second window to compare with")
        parser.add_argument(
            "--floor",
            metavar="K",
            type=int,
            default=product.SNA_FLOOR,
            help="smallest group that is named; 1 shows everything",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            terms = Terms(
                definition=options["definition"],
                window=Window.parse(options["window"]) if options["window"] else None,
                against=Window.parse(options["against"]) if options["against"] else None,
                floor=options["floor"],
                cell_floor=product.SNA_CELL_FLOOR,
                broadcast_limit=product.BROADCAST_AUDIENCE,
            )
            with tqdm(total=100, unit="%", disable=None) as bar:

                def advance(percent: int) -> None:
                    bar.update(percent - bar.n)

                report = report_from_files(
                    options["people"],
                    options["ties"],
                    options["group"],
                    terms,
                    advance,
                )
            write_report(report, options["out"])
        except SnaError as refused:
            raise CommandError(str(refused)) from None
        for finding in report["findings"]:
            self.stdout.write(finding["text_en"])
