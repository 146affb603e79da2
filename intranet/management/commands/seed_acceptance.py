"""A fixed small world for tests from outside."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from intranet.demo import acceptance, world
from intranet.demo.credentials import refuse_outside_demo
from intranet.management.migrating import migrate_if_behind


class Command(BaseCommand):
    help = "Fills an empty database with a fixed small world and writes down what it made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, required=True, help="the same seed gives the same world")
        parser.add_argument("--people", type=int, default=200, help="how many people (200)")
        parser.add_argument("--json", type=Path, required=True, metavar="FILE", help="where to write it down")

    def handle(self, *, seed: int, people: int, json: Path, **options: Any) -> None:
        refuse_outside_demo()
        if not json.absolute().parent.is_dir():
            raise CommandError(f"{json} cannot be written: its folder does not exist.")
        migrate_if_behind(self.stderr)
        if not world.is_empty():
            raise CommandError("The acceptance world needs an empty database, and this one has people in it.")
        try:
            with transaction.atomic():
                made = acceptance.build(seed, people=people)
                _write(json, made.described())
        except (ValueError, OSError) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"Made {len(made.people)} people and {len(made.posts)} posts; see {json}.")


def _write(file: Path, what: dict[str, Any]) -> None:
    """Write all of it or nothing."""
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(file)
