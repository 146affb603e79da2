"""`manage.py import_stackexchange DIR --community SLUG`: bring a question-and-answer site into a community."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from communities.imports.actions import import_site
from communities.imports.stackexchange.reader import BrokenDump, Dump
from communities.imports.stackexchange.site import read_site
from intranet.access.verdict import Refused
from intranet.people.models import User
from intranet.people.roles import Role


class Command(BaseCommand):
    help = "Bring a Stack Exchange dump (Users, Posts, Comments, Votes .xml) into a community."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder that holds the XML files")
        parser.add_argument("--community", metavar="SLUG", required=True, help="made when there is none")
        parser.add_argument(
            "--site", metavar="URL", default="", help="the site's address, for links to its authors"
        )
        parser.add_argument(
            "--as", metavar="USERNAME", dest="actor", default="", help="who does it; an administrator"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            site = read_site(Dump(options["folder"]))
            report = import_site(
                actor=_actor(options["actor"]),
                site=site,
                slug=options["community"],
                address=options["site"],
                progress=partial(tqdm, unit=" posts", desc=options["community"], disable=None),
            )
        except (BrokenDump, Refused) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(str(report))


def _actor(username: str) -> User:
    """The person who imports: the one named, else the first administrator."""
    if username:
        found = User.objects.active().filter(username=username).first()
        problem = f"There is no active person called “{username}”."
    else:
        found = User.objects.active().holding(Role.ADMIN).order_by("pk").first()
        problem = "There is no administrator to import as; name somebody with --as USERNAME."
    if found is None:
        raise CommandError(problem)
    return found
