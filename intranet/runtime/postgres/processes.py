"""What is left of an earlier server: its pid file, its processes, and when both may be ignored."""

from __future__ import annotations

import os
import time
from pathlib import Path

from intranet.runtime.postgres.account import PostgresError

PATIENCE_SECONDS = 10.0
"""A killed server's last processes notice within a second or three; more means that something still runs."""


def clear_remains(data: Path, socket_lock: Path) -> None:
    """Remove the two files that name the pid of a server that is dead, once nothing of it can touch `data` any more.

    A server killed with -9 may stay a zombie for some seconds (for ever, where nobody reaps), and PostgreSQL takes a
    zombie for a living rival. The pid file also names the shared memory of orphaned backends, so it goes only after the
    last process that works in `data` has gone. Raises `PostgresError` when one stays.
    """
    pid_file = data / "postmaster.pid"
    if not Path("/proc/self/stat").exists() or not pid_file.exists():
        return  # without /proc PostgreSQL's own test of the file has to do
    deadline = time.monotonic() + PATIENCE_SECONDS
    while remains := _working_in(data):
        if _postmaster(pid_file) in remains:
            return  # alive: not ours to clear
        if time.monotonic() > deadline:
            raise PostgresError(
                f"Processes of a killed PostgreSQL server still use {data}: end them first "
                f"(process {', '.join(map(str, remains))})."
            )
        time.sleep(0.1)
    pid_file.unlink(missing_ok=True)
    socket_lock.unlink(missing_ok=True)


def alive(data: Path) -> bool:
    """Whether the server that wrote the pid file in `data` is a living process."""
    pid = _postmaster(data / "postmaster.pid")
    if pid is None:
        return False
    if Path("/proc/self/stat").exists():
        return pid in _working_in(data)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _postmaster(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _working_in(data: Path) -> list[int]:
    """Living processes (no zombies: those have no folder) whose working folder is `data`, as PostgreSQL's is."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
        except OSError:
            continue
    return sorted(found)
