"""Runs background tasks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from intranet.runtime.worker import work


class Command(BaseCommand):
    help = "Runs background tasks until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run the tasks that are due, then exit")

    def handle(self, *, once: bool, **options: Any) -> None:
        work(wait=not once)
