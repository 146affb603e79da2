"""`manage.py import_stackexchange DIR --community SLUG`: bring a question-and-answer site into a community."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from tqdm import tqdm

from communities.imports.actions import import_site
from communities.imports.stackexchange.reader import BrokenDump, Dump
from communities.imports.stackexchange.site import read_site
from intranet.access.verdict import Refused
from intranet.content.models import Space
from intranet.people.models import User
from intranet.people.roles import Role
from kms.forums.actions import ask_to_count
from kms.forums.models import Ground


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

        parser.add_argument(
            "--count-authors",
            metavar="GROUND",
            choices=Ground.values,
            default="",
            help="ask that the authors be counted in network reports of their own, which a second person has to agree to:"
            " “own”, our own forum whose people are ours and were told; “published”, a public archive under a free licence",
        )
        parser.add_argument(
            "--reason",
            metavar="TEXT",
            default="",
            help="what the network reports are for; needed with --count-authors",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["count_authors"] and not options["reason"].strip():
            raise CommandError("--count-authors needs a --reason.")
        try:
            actor = _actor(options["actor"])
            site = read_site(Dump(options["folder"]))
            report = import_site(
                actor=actor,
                site=site,
                slug=options["community"],
                address=options["site"],
                progress=partial(tqdm, unit=" posts", desc=options["community"], disable=None),
            )
        except (BrokenDump, Refused) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(str(report))
        if options["count_authors"]:
            self._ask_to_count(actor, options)

    def _ask_to_count(self, actor: User, options: dict[str, Any]) -> None:
        """Ask for the authors to be counted, and say who decides."""
        community = Space.objects.get(slug=options["community"])
        try:
            ask_to_count(
                actor=actor, community=community, ground=options["count_authors"], reason=options["reason"]
            )
        except Refused as problem:
            raise CommandError(f"Imported, but not asked to be counted: {problem}") from None
        page = reverse("network:forum", args=[community.slug])
        self.stdout.write(
            f"The authors are counted once another administrator or knowledge manager agrees: {page}"
        )


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
