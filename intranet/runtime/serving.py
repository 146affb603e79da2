"""The database a command runs on: the server of `DATABASE_URL`, or the embedded one for as long as the command lasts."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intranet.runtime import postgres

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """`KESHER_DATA`, or `var/` in the checkout."""
    return Path(os.environ.get("KESHER_DATA") or ROOT / "var").resolve()


@contextmanager
def database_up() -> Iterator[postgres.Cluster | None]:
    """Have a database for the block and its child processes. Gives the embedded cluster, or None with `DATABASE_URL`.

    Raises `PostgresError`.
    """
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with postgres.running(data_folder()) as cluster:
        os.environ |= postgres.server_environment(cluster)
        yield cluster


def end_like_ctrl_c() -> None:
    """Let SIGTERM and a closed terminal unwind the program as Ctrl-C does, so that what was started is stopped."""

    def unwind(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, unwind)
