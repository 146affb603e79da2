"""One server for several commands: the first starts it, each holds it, the last one out stops it.

Each user of the server holds a shared lock on a file for as long as it lives; the system drops the lock with the
process, however that ends. Whoever can turn its lock into an exclusive one on leaving is the last.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg

from intranet.runtime.postgres import binaries, place
from intranet.runtime.postgres.account import server_account
from intranet.runtime.postgres.cluster import Cluster, database_url


def address(folder: Path) -> str:
    """The database address of the server that belongs to `folder`, whether it runs or not."""
    return database_url(place.place(folder.resolve()) / "data")


@contextmanager
def running(folder: Path) -> Iterator[Cluster]:
    """Have the server of `folder` (`KESHER_DATA`) up for as long as the block runs, with its database made.

    A server that is already up is used; it stops with the last of those that use it. Raises `PostgresError`.
    """
    account = server_account()
    home = place.prepare(folder.resolve(), account)
    cluster = Cluster(home / "data", binaries.find(account), account)
    # Not in `home`: what lies there belongs to the server's account.
    with (
        (folder.resolve() / "postgres.start").open("w") as door,
        (folder.resolve() / "postgres.use").open("w") as use,
    ):
        with _held(door, fcntl.LOCK_EX):
            cluster.create()
            if not cluster.is_up():
                cluster.start()
            cluster.ensure_database()
            cluster.settle()
            fcntl.flock(use, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            with _held(door, fcntl.LOCK_EX):
                _settle_again(cluster)
                if _last(use):
                    cluster.stop()


def _settle_again(cluster: Cluster) -> None:
    """What was migrated or put back meanwhile belongs to whom it should; a server that was killed is left alone."""
    if cluster.is_up():
        with suppress(psycopg.OperationalError):
            cluster.settle()


def server_environment(cluster: Cluster) -> dict[str, str]:
    """What a child process needs to use this very server and its client programs."""
    return {
        "DATABASE_URL": cluster.url(),
        "PATH": os.pathsep.join((os.environ.get("PATH", ""), str(cluster.binaries))),
    }


@contextmanager
def _held(file: IO[str], kind: int) -> Iterator[None]:
    fcntl.flock(file, kind)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _last(use: IO[str]) -> bool:
    try:
        fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
