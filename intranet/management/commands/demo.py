"""A lively organisation to look at."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intranet.demo import world
from intranet.demo.credentials import PASSWORD, refuse_outside_demo, signing_in
from intranet.management.migrating import migrate_if_behind
from intranet.runtime import up


class Command(BaseCommand):
    help = "Fills an empty database with the demo organisation, then serves it and says how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--load-only", action="store_true", help="load the organisation, start nothing")
        parser.add_argument("--seed", type=int, default=world.SEED, help="another seed, another world")

    def handle(self, *, load_only: bool, seed: int, **options: Any) -> None:
        refuse_outside_demo()
        if not load_only:
            sys.exit(up.main([]))
        migrate_if_behind(self.stderr)
        if world.is_empty():
            world.build(seed)
        if people := world.people_to_show():
            self.stdout.write(signing_in(people, PASSWORD))
