"""From a clean clone to the first page: how long each step takes, and the memory of what then runs.

    python3 bench/first_page.py [--no-demo] [--keep]

Clones this checkout's last commit into an empty folder, runs `./kesher up` there, and measures until the sign-in page
is served. Needs git and what `./kesher` itself needs. Memory is the proportional set size (PSS) from Linux's /proc, so
that memory shared by PostgreSQL's processes counts once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 600
SETTLE_SECONDS = 5


def main() -> None:
    """Measure once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-demo", action="store_true", help="without the demo organisation")
    parser.add_argument("--keep", action="store_true", help="leave the clone where it is")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kesher-bench-"))
    folder.chmod(0o755)
    try:
        measure(folder / "kesher", ["--no-demo"] if chosen.no_demo else [])
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)


def measure(clone: Path, options: list[str]) -> None:
    """Clone, start, print what the launcher says with its times, then the memory; stop."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    port = free_port()
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("KESHER_", "DJANGO_"))
    }
    began = time.monotonic()
    site = subprocess.Popen(
        ["./kesher", "up", *options],
        cwd=clone,
        env=inherited | {"KESHER_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said_where = threading.Event()
    threading.Thread(target=tell, args=(site, began, said_where), daemon=True).start()
    try:
        first_page(port, site)
        print(f"{time.monotonic() - began:6.1f} s  first page")
        said_where.wait(LIMIT_SECONDS)
        time.sleep(SETTLE_SECONDS)
        print_memory(site.pid)
    finally:
        site.terminate()
        site.wait()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tell(site: subprocess.Popen[bytes], began: float, said_where: threading.Event) -> None:
    """Print what the launcher says with the time it came, up to the address; of progress bars the end."""
    for raw in site.stdout:
        line = raw.decode().rstrip().rpartition("\r")[2]
        if line and not line.startswith("{") and not said_where.is_set():
            print(f"{time.monotonic() - began:6.1f} s  {line}", flush=True)
        if "Kesher is at" in line:
            said_where.set()


def first_page(port: int, site: subprocess.Popen[bytes]) -> None:
    """Wait for the sign-in page."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and site.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The site did not start.")


def print_memory(launcher: int) -> None:
    """The memory of the launcher and all that it started, by part."""
    parts: dict[str, int] = {"launcher": pss(launcher), "web": 0, "worker": 0, "database": 0}
    data = None
    for pid in descendants(launcher):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        parts["web" if b"uvicorn" in command else "worker"] += pss(pid)
    data = Path(f"/proc/{launcher}/cwd").resolve() / "var" / "postgres" / "data"
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data:
                parts["database"] += pss(int(entry.name))
        except OSError:
            continue
    for name, kilobytes in parts.items():
        print(f"{kilobytes / 1024:6.0f} MB {name}")
    print(f"{sum(parts.values()) / 1024:6.0f} MB together")


def descendants(pid: int) -> list[int]:
    """Processes started by `pid` and by those."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [found for child in map(int, children) for found in (child, *descendants(child))]


def pss(pid: int) -> int:
    """Kilobytes of memory of one process, with shared pages divided among those that share them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
