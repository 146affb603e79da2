"""Folders and environments for tests that start real servers and processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.database import HOME, ROOT, TEMPLATE


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that every account can reach (pytest's own is private)."""
    path = Path(tempfile.mkdtemp(prefix="kesher-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """The environment of a site of its own in `folder`, with nothing of this test run in it."""
    ours = {
        HOME,
        TEMPLATE,
        "DATABASE_URL",
        "DJANGO_SETTINGS_MODULE",
        "KESHER_CONNECTIONS",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
    }
    return {name: value for name, value in os.environ.items() if name not in ours} | {
        "KESHER_DATA": str(folder)
    }


@pytest.fixture
def python(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs Python with arguments in that environment and gives back what it said."""

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
