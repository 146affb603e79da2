"""The linters and the type checker have nothing to say."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, ROOT

BIN = Path(sys.executable).parent
CODE = [*APPS, "tests", "bench", "manage.py"]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["mypy", *APPS], id="types"),
        pytest.param(["ruff", "check", "--quiet", *CODE], id="ruff"),
        pytest.param(["ruff", "format", "--check", "--quiet", *CODE], id="format"),
        pytest.param(["lint-imports", "--no-cache"], id="layers"),
        pytest.param(["djlint", "templates", "--lint", "--quiet"], id="templates"),
    ],
)
def test_tool_finds_nothing(command: list[str]) -> None:
    ran = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{' '.join(command)}\n{ran.stdout}{ran.stderr}"
