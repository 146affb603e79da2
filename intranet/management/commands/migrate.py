"""Django's own command, in which the trail's tables can be changed for as long as it runs.

On the embedded server they belong to a role that the site is not; see `runtime/postgres/roles.py`.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from intranet.runtime.postgres import roles


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        site = connections[options["database"]].settings_dict
        with roles.trail_lent(user=site["USER"], host=site["HOST"], database=site["NAME"]):
            super().handle(*args, **options)
