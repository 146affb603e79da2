"""`python -m intranet.runtime.postgres COMMAND …`: run a command with the embedded server up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from intranet.runtime.postgres import PostgresError, running, server_environment


def main(command: list[str]) -> int:
    """Run `command` with `DATABASE_URL` set; give back its exit code."""
    if not command:
        print("Usage: python -m intranet.runtime.postgres COMMAND [ARGUMENT …]", file=sys.stderr)
        return 2
    folder = Path(os.environ.get("KESHER_DATA") or Path(__file__).resolve().parents[3] / "var")
    try:
        with running(folder) as cluster:
            return subprocess.run(
                command, env=os.environ | server_environment(cluster), check=False
            ).returncode
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
