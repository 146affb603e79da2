"""`./kesher up`: database, web and worker in the foreground, ended cleanly by Ctrl-C or SIGTERM.

This process stays small: it loads no Django. It starts the others, restarts what is killed, and stops them in order.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from intranet.runtime import catalogues
from intranet.runtime.children import Child
from intranet.runtime.postgres import Cluster, PostgresError
from intranet.runtime.serving import ROOT, database_up, end_like_ctrl_c

START_SECONDS = 60.0
"""How long the first page may take to answer before we say that something is wrong."""

WATCH_SECONDS = 1.0


class CannotServe(Exception):
    """The site cannot be started; the text is one sentence that says why."""


def main(arguments: list[str]) -> int:
    """Serve until told to stop; give back the exit code."""
    parser = argparse.ArgumentParser("./kesher up", description="Start the site in the foreground.")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
    end_like_ctrl_c()
    try:
        host, port = _address()
        catalogues.compile_stale()
        with database_up() as cluster:
            _prepare()
            if cluster:
                cluster.settle()
            _serve(host, port, cluster, demo=not chosen.no_demo)
    except (CannotServe, PostgresError) as error:
        print(f"kesher: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _address() -> tuple[str, int]:
    """Where to listen, found free. Raises `CannotServe`."""
    host = os.environ.get("KESHER_HOST") or "127.0.0.1"
    given = os.environ.get("KESHER_PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65_536:
        raise CannotServe(f"KESHER_PORT is '{given}', which is not a port between 1 and 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(given), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise CannotServe(f"KESHER_HOST is '{host}', which is not an address of this machine.") from None
    except PermissionError:
        raise CannotServe(
            f"Port {given} needs rights you do not have: set KESHER_PORT to one above 1023."
        ) from None
    except OSError as error:
        raise CannotServe(
            f"Port {given} on {host} is taken ({error.strerror}): set KESHER_PORT to another."
        ) from None
    return host, int(given)


def _prepare(*options: str) -> str:
    """Bring database and static files up to date, or fill the database; give back what is said about signing in."""
    command = [sys.executable, "manage.py", "prepare", *options]
    prepared = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if prepared.returncode:
        raise CannotServe("The site could not be prepared: see the lines above.")
    return prepared.stdout.strip()


def _serve(host: str, port: int, cluster: Cluster | None, *, demo: bool) -> None:
    """Run web and worker until a signal unwinds us or the web process ends."""
    web = Child([sys.executable, "-m", "uvicorn", *_uvicorn(host, port), "intranet.asgi:application"], ROOT)
    worker = Child([sys.executable, "manage.py", "worker"], ROOT)
    try:
        web.start()
        welcome = _prepare("--demo") if demo else ""  # while the web process loads
        worker.start()
        _wait_until_it_answers(web, host, port)
        name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host
        print(f"\nKesher is at http://{name}:{port}/   (Ctrl-C ends it)\n{welcome}\n", flush=True)
        while web.is_running():
            time.sleep(WATCH_SECONDS)
            if cluster and not cluster.is_up():
                print("kesher: the database was killed; starting it again.", file=sys.stderr)
                cluster.start()
            if not worker.is_running():
                print("kesher: the worker ended; starting it again.", file=sys.stderr)
                worker.start()
        raise CannotServe("The web process ended: see the lines above.")
    finally:
        web.stop()
        worker.stop()


def _uvicorn(host: str, port: int) -> list[str]:
    return [
        f"--host={host}",
        f"--port={port}",
        "--lifespan=off",
        "--no-server-header",
        "--no-access-log",
        "--log-level=warning",
        "--timeout-graceful-shutdown=5",  # sockets stay open for ever by themselves
    ]


def _wait_until_it_answers(web: Child, host: str, port: int) -> None:
    local = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else host
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not web.is_running():
            raise CannotServe("The web process ended while starting: see the lines above.")
        try:
            with urllib.request.urlopen(f"http://{local}:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers, if only to say that it does not know this name
        except OSError:
            time.sleep(0.1)
    raise CannotServe(f"The site did not answer within {START_SECONDS:.0f} seconds.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
