"""Every way out of the house, with the rule it is under."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intranet.management.surfaces import all_surfaces, as_dictionaries


class Command(BaseCommand):
    help = "Lists every address, API route, socket message, mail and task with its visibility rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *, json: bool, **options: Any) -> None:
        surfaces = all_surfaces()
        if json:
            self.stdout.write(_json(as_dictionaries(surfaces)))
            return
        for each in surfaces:
            self.stdout.write(f"{each.kind:<15} {each.where:<60} {each.rule or '(no rule)'}")


def _json(rows: list[dict[str, str]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)
