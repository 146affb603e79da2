"""`manage.py sna_report`: the whole network analysis on files alone; no database is touched."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.settings import product
from kms.sna import privacy
from kms.sna.files import report_from_files, write_report
from kms.sna.records import BROADCASTS, DEFINITIONS, ENGINES, HALF_LIVES, SnaError, Terms, Window


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
        parser.add_argument("--engine", choices=ENGINES, default="networkit", help="who walks the network")
        parser.add_argument("--seed", metavar="N", type=int, default=0, help="of everything that is drawn")
        parser.add_argument(
            "--strata", metavar="COLUMN", help="a column of P within which groups are compared"
        )
        _add_tie_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            terms = _terms(options)
            privacy.check_windows(terms)
            with tqdm(total=100, unit="%", disable=None) as bar:

                def advance(percent: int) -> None:
                    bar.update(percent - bar.n)

                report = report_from_files(
                    options["people"],
                    options["ties"],
                    options["group"],
                    terms,
                    advance,
                    strata=options["strata"],
                )
            write_report(report, options["out"])
        except SnaError as refused:
            raise CommandError(str(refused)) from None
        for finding in report["findings"]:
            self.stdout.write(finding["text_en"])


def _add_tie_arguments(parser: ArgumentParser) -> None:
    """What makes a tie, besides its definition."""
    parser.add_argument(
        "--half-life", metavar="DAYS", type=int, choices=HALF_LIVES, help="age at which a deed weighs half"
    )
    parser.add_argument(
        "--broadcast",
        choices=BROADCASTS,
        default="out",
        help="deeds to more than five: left out, or shared 1/k",
    )
    parser.add_argument(
        "--kind",
        metavar="NAME=WEIGHT",
        action="append",
        help="count this kind, with this weight; once given, other kinds are left out",
    )


def _terms(options: dict[str, Any]) -> Terms:
    """The terms that the options stand for. Raises SnaError."""
    return Terms(
        definition=options["definition"],
        window=Window.parse(options["window"]) if options["window"] else None,
        against=Window.parse(options["against"]) if options["against"] else None,
        floor=options["floor"],
        cell_floor=product.SNA_CELL_FLOOR,
        broadcast_limit=product.BROADCAST_AUDIENCE,
        broadcast=options["broadcast"],
        half_life=options["half_life"],
        kinds=dict(_kind(text) for text in options["kind"]) if options["kind"] else None,
        seed=options["seed"],
        engine=options["engine"],
    )


def _kind(text: str) -> tuple[str, float]:
    """``NAME=WEIGHT`` as a pair."""
    name, _, weight = text.rpartition("=")
    try:
        return name, float(weight)
    except ValueError:
        raise SnaError(f"A kind is written NAME=WEIGHT; got '{text}'.") from None
