"""As whom the server runs. PostgreSQL refuses to run as root, so root lends it to an account without rights."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("postgres", "nobody")
"""Accounts that exist on a usual system; none is created."""


class PostgresError(Exception):
    """The embedded server cannot do what was asked. The text is one sentence that says what to do."""


@dataclass(frozen=True)
class Account:
    """The account that owns the server's files and processes. `other` is False when it is simply ours."""

    uid: int
    gid: int
    name: str
    other: bool

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a command as this account, away from our folder and terminal; its exit code is the caller's affair."""
        # A fixed language: messages are searched and shown by us, and `postgres` takes its defaults from here.
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self.uid if self.other else None,
            group=self.gid if self.other else None,
            extra_groups=[] if self.other else None,
        )

    def reaches(self, folder: Path) -> bool:
        """Whether this account can read, write and enter `folder`: asked of the system, not computed from bits."""
        return (
            self.run(["/bin/sh", "-c", 'test -r "$0" && test -w "$0" && test -x "$0"', folder]).returncode
            == 0
        )

    def executes(self, program: Path) -> bool:
        """Whether this account can start `program` (and load the libraries it needs)."""
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False

    def take(self, folder: Path) -> None:
        """Make a folder, and all that is in it, the account's own."""
        if not self.other:
            return
        os.chown(folder, self.uid, self.gid)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(Path(parent, name), self.uid, self.gid, follow_symlinks=False)


def server_account() -> Account:
    """The account for the server: ourselves, or, when we are root, the first of `CANDIDATES` that exists.

    Raises `PostgresError` when root finds none.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), str(os.geteuid()), other=False)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name, other=True)
    raise PostgresError(
        "PostgreSQL refuses to run as root and there is no account 'postgres' or 'nobody' to run it as: "
        "start Kesher as an ordinary user, or set DATABASE_URL to a server of your own."
    )
