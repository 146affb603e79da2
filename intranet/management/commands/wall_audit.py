"""Gives the audit trail to its own database role."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.audit.wall import raise_wall


class Command(BaseCommand):
    help = "Gives the audit trail to the database role kesher_audit, so that the site may add to it and not change it."

    def handle(self, **options: Any) -> None:
        if not raise_wall():
            raise CommandError(
                "The database did not allow it. Let its administrator run: CREATE ROLE kesher_audit NOLOGIN; "
                "and grant it to this role while this command runs."
            )
        self.stdout.write("The audit trail belongs to kesher_audit.")
