"""`./kesher manage …`: Django's command line with the embedded database up for as long as it needs it."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from intranet.runtime import catalogues
from intranet.runtime.postgres import PostgresError
from intranet.runtime.serving import database_up, end_like_ctrl_c

WITHOUT_DATABASE = {"help", "version", "--help", "-h", "--version", "sna_report"}
"""Commands that must work where no database can be started."""


def main(arguments: list[str]) -> int:
    """Run one command; give back its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
    end_like_ctrl_c()
    catalogues.compile_stale()
    command = ["./kesher manage", *arguments]
    if not arguments or arguments[0] in WITHOUT_DATABASE:
        execute_from_command_line(command)
        return 0
    try:
        with database_up():
            execute_from_command_line(command)
    except PostgresError as error:
        print(f"kesher: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
