"""Makes the database and the static files ready to serve: what `./kesher up` does before and while it starts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from intranet.management.migrating import migrate_if_behind
from intranet.runtime import static_files
from intranet.runtime.checks import refuse_unsafe


class Command(BaseCommand):
    help = "Migrates and collects static files; or, with --demo, fills an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="load the demo organisation where that is allowed"
        )

    def handle(self, *, demo: bool, **options: Any) -> None:
        if demo:
            if settings.DEMO_ALLOWED:
                call_command("demo", load_only=True, stdout=self.stdout, stderr=self.stderr)
            return
        if settings.REFUSE_UNSAFE:
            refuse_unsafe()
        migrate_if_behind(self.stderr)
        static_files.collect_stale()
