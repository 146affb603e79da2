"""`manage.py load_policies`: publish the policies that the product brings along."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.access.verdict import Refused
from intranet.people.models import User
from intranet.people.roles import Role
from intranet.policies.starter.loading import publish_starter


class Command(BaseCommand):
    """Publishes what is missing of the starter set, in both languages; policies that are there stay as they are."""

    help = "Publish the policies that come with Kesher, in English and Hebrew; those that are there already stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owner", help="Username of the policy owner in whose name they are published.")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = _owner(options["owner"])
        try:
            versions = publish_starter(owner)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{len(versions)} policies published in the name of {owner.username}.")


def _owner(username: str | None) -> User:
    people = User.objects.active()
    if username:
        owner = people.filter(username=username).first()
        if owner is None:
            raise CommandError(f"Nobody here is called {username}.")
        return owner
    for role in (Role.POLICY_OWNER, Role.ADMIN):
        if owner := people.filter(roles__contains=[role]).order_by("pk").first():
            return owner
    raise CommandError("There is no policy owner and no administrator yet. Name one with --owner.")
