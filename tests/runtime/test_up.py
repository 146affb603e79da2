"""The launcher: one command up, everything down again, and one sentence when it cannot."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from intranet.runtime.postgres import Cluster, binaries, place
from intranet.runtime.postgres.account import server_account
from tests.database import ROOT

Python = Callable[..., "CompletedProcess[str]"]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def readiness(address: str) -> dict[str, str]:
    """What `/readyz` says once the worker, which starts beside the pages, has given its first sign of life."""
    for _ in range(150):
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(address) as answer:
            return json.load(answer)
        time.sleep(0.2)
    raise AssertionError("the site never became ready")


def test_up_serves_until_told_to_stop_and_leaves_nothing_running(
    folder: Path, environment: dict[str, str]
) -> None:
    port = free_port()
    site = subprocess.Popen(
        [sys.executable, "-m", "intranet.runtime.up", "--no-demo"],
        cwd=ROOT,
        env=environment | {"KESHER_PORT": port},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        said = next(line for line in site.stdout if "Kesher is at" in line)
        assert f"http://localhost:{port}/" in said
        assert readiness(f"http://127.0.0.1:{port}/readyz")["status"] == "ok"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/css/tokens.css") as answer:
            assert answer.headers["Content-Type"].startswith("text/css")
        again = subprocess.run(
            [sys.executable, "-m", "intranet.runtime.up"],
            cwd=ROOT,
            env=environment | {"KESHER_PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
        assert again.returncode == 1
        assert again.stderr == (
            f"kesher: Port {port} on 127.0.0.1 is taken (Address already in use): set KESHER_PORT to another.\n"
        )
    finally:
        site.terminate()
        assert site.wait(30) == 128 + signal.SIGTERM
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", int(port))):
        pass
    account = server_account()
    assert not Cluster(place.place(folder) / "data", binaries.find(account), account).is_up()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"KESHER_PORT": "99999"}, "KESHER_PORT is '99999', which is not a port between 1 and 65535."),
        ({"KESHER_PORT": "eighty"}, "KESHER_PORT is 'eighty', which is not a port between 1 and 65535."),
        (
            {"KESHER_HOST": "no-such-host.invalid"},
            "KESHER_HOST is 'no-such-host.invalid', which is not an address of this machine.",
        ),
        (
            {"KESHER_PG_BIN": "/nowhere", "KESHER_DATA": "/dev/null"},
            "The folder /dev/null cannot be used for data: ",
        ),
    ],
)
def test_what_cannot_start_says_why_in_one_sentence(
    python: Python, setting: dict[str, str], sentence: str
) -> None:
    tried = python("-m", "intranet.runtime.up", **({"KESHER_PORT": free_port()} | setting))
    assert tried.returncode == 1
    assert tried.stderr.startswith(f"kesher: {sentence}")
    assert len(tried.stderr.splitlines()) == 1


def test_manage_has_a_database_for_its_command_and_gives_back_its_result(python: Python) -> None:
    query = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT 6 * 7'); print(k.fetchone()[0])"
    done = python("-m", "intranet.management.launch", "shell", "--no-imports", "-c", query)
    assert (done.stdout, done.returncode) == ("42\n", 0)
    assert python("-m", "intranet.management.launch", "no_such_command").returncode == 1


def test_the_launcher_names_its_commands() -> None:
    launcher = str(ROOT / "kesher")
    asked = subprocess.run([launcher, "help"], capture_output=True, text=True, check=False, env=os.environ)
    assert asked.returncode == 0
    for command in ("setup", "up [--no-demo]", "test", "manage"):
        assert f"  {command}" in asked.stdout
    wrong = subprocess.run([launcher, "dance"], capture_output=True, text=True, check=False, env=os.environ)
    assert wrong.returncode == 1
    assert wrong.stderr.endswith("kesher: there is no command 'dance'.\n")
