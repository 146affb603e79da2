"""A server of four workers on an embedded database of its own, with a small world in it, for as long as a block runs.

The worker of background tasks runs beside it, as on any site: it reads the log while it is being written, and its deeds
take the locks that people take.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from intranet.runtime.serving import database_up  # noqa: E402  found only now

WORKERS = 4
START_SECONDS = 120.0


@dataclass
class Answer:
    """What came back: the status, and what the body says."""

    status: int
    said: Any


class Site:
    """The running site: its world, its people as programs, its tables."""

    def __init__(self, port: int, world: dict[str, Any]) -> None:
        self.port = port
        self.world = world
        self.tokens = {person["username"]: person["token"] for person in world["people"]}
        self._mine = threading.local()

    def send(self, who: str, method: str, path: str, **said: Any) -> Answer:
        """One request to `/api/v1`, over the connection that this thread keeps."""
        heads = {"Authorization": f"Bearer {self.tokens[who]}", "Content-Type": "application/json"}
        for _attempt in range(2):  # a kept connection may have been closed meanwhile
            line = self._connection()
            try:
                line.request(method, f"/api/v1{path}", json.dumps(said), heads)
                answer = line.getresponse()
                return Answer(answer.status, json.loads(answer.read() or b"null"))
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                line.close()
                del self._mine.line
        raise ConnectionError(f"{method} {path}: the server hangs up")

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._mine, "line"):
            self._mine.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        return self._mine.line

    def rows(self, query: str, *values: Any) -> list[tuple]:
        """What the database says."""
        with psycopg.connect(os.environ["DATABASE_URL"]) as database:
            return database.execute(query, values).fetchall()

    def number(self, query: str, *values: Any) -> int:
        """The first column of the first row."""
        return self.rows(query, *values)[0][0]


@contextmanager
def running(people: int, seed: int) -> Iterator[Site]:
    """Have such a site; it and its data are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kesher-races-"))
    folder.chmod(0o755)
    os.environ |= {"KESHER_DATA": str(folder), "KESHER_RATE_LIMITS": "off"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
    try:
        with database_up():
            world = _world(folder / "world.json", people, seed)
            with _server() as port, _worker():
                yield Site(port, world)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _world(file: Path, people: int, seed: int) -> dict[str, Any]:
    command = ["seed_acceptance", f"--seed={seed}", f"--people={people}", f"--json={file}"]
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
    return json.loads(file.read_text())


@contextmanager
def _server() -> Iterator[int]:
    port = _free_port()
    quiet = ("--lifespan=off", "--no-access-log", "--log-level=warning")
    where = (f"--port={port}", f"--workers={WORKERS}")
    command = [sys.executable, "-m", "uvicorn", "intranet.asgi:application", *where, *quiet]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def _worker() -> Iterator[None]:
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(60)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            line.close()
    raise SystemExit("The server of four workers does not answer.")
