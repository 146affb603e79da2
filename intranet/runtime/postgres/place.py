"""In which folder a server's data lies: inside `KESHER_DATA`, or elsewhere when the server could not enter that."""

from __future__ import annotations

import tempfile
from pathlib import Path

from intranet.runtime.postgres.account import Account, PostgresError

ELSEWHERE = Path("/var/lib")
POINTER = "postgres-is-at"
"""One line in `KESHER_DATA` that names the other folder, so that a later start cannot choose differently."""


def place(folder: Path) -> Path:
    """The folder of the server that belongs to `folder` (`KESHER_DATA`): `data` and the log lie in it."""
    pointer = folder / POINTER
    return Path(pointer.read_text().strip()) if pointer.exists() else folder / "postgres"


def prepare(folder: Path, account: Account) -> Path:
    """Make the server's folder for `account`, once; say where it is. Raises `PostgresError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inner = place(folder)
        inner.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise PostgresError(f"The folder {folder} cannot be used for data: {error.strerror}.") from error
    if inner.stat().st_uid != account.uid and not any(inner.iterdir()):
        account.take(inner)
    if account.reaches(inner):
        return inner
    if not account.other or any(inner.iterdir()):
        raise PostgresError(
            f"The account '{account.name}' cannot use {inner}: give it the folder, or move KESHER_DATA."
        )
    inner.rmdir()
    return _elsewhere(folder, account)


def _elsewhere(folder: Path, account: Account) -> Path:
    """A folder of its own under `/var/lib` for a checkout in a private place such as root's home."""
    try:
        other = Path(tempfile.mkdtemp(prefix="kesher-", dir=ELSEWHERE))
    except OSError as error:
        raise PostgresError(
            f"The account '{account.name}' cannot enter {folder} and {ELSEWHERE} is not writable: set KESHER_DATA to a "
            "folder that others can enter."
        ) from error
    account.take(other)
    if not account.reaches(other):
        other.rmdir()
        raise PostgresError(
            f"The account '{account.name}' can use neither {folder} nor {ELSEWHERE}: set KESHER_DATA."
        )
    (folder / POINTER).write_text(f"{other}\n")
    return other
