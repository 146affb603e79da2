"""Processes that live and die with this one."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

STOP_SECONDS = 12.0
"""After this a child that was told to stop is killed: longer than the worker's own grace."""

PR_SET_PDEATHSIG = 1
"""Of Linux's prctl: the signal a process gets when its parent dies."""


class Child:
    """A process of its own group, so that Ctrl-C reaches only us and things are stopped in order."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.command = command
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it (again)."""
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509  we have one thread
        )

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, wait, and insist."""
        if self.process is None or not self.is_running():
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_with_parent() -> None:
    """On Linux, have the system end the child even when we are killed with -9 and can no longer do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
