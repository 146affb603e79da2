"""The throwaway PostgreSQL server of a test run (loaded with `-p`, before Django's settings are read).

The first test that wants a database starts the server; the run that made it removes it. A migrated cluster is kept in
`var/` under the hash of all migrations, and each run starts from a copy: migrations cost their half minute only when
they change. Each xdist worker clones its own database from the template.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intranet.runtime.postgres import Cluster, PostgresError, binaries
from intranet.runtime.postgres.account import server_account
from intranet.runtime.postgres.cluster import database_url
from intranet.runtime.postgres.roles import ADMIN

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "test-templates"
PREFIX = "kesher-test-"
HOME = "KESHER_TEST_HOME"
TEMPLATE = "KESHER_TEST_TEMPLATE"


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Name the server and its template before settings are read; an address given from outside is respected."""
    if "DATABASE_URL" in os.environ:
        return
    _sweep()
    home = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    os.environ |= {
        HOME: str(home),
        TEMPLATE: f"template_{_state()}",
        "DATABASE_URL": database_url(home / "data", role=ADMIN),
        # A kept connection would stay with a database that is replaced between tests.
        "KESHER_CONNECTIONS": "single",
    }


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and remove the server of this run (not at the end of an xdist worker, which only borrows it)."""
    if HOME in os.environ and not hasattr(config, "workerinput"):
        _remove(Path(os.environ[HOME]))


def serve() -> None:
    """Have the throwaway server up, with its template in place. Safe to call from every worker."""
    if HOME not in os.environ:
        return
    home = Path(os.environ[HOME])
    try:
        with _only_one(home):
            cluster = _cluster(home)
            if not cluster.is_up():
                _start(cluster, KEPT / os.environ[TEMPLATE])
    except PostgresError as error:
        pytest.exit(f"No database for the tests: {error}", returncode=1)


def _start(cluster: Cluster, kept: Path) -> None:
    cluster.account.take(cluster.data.parent)
    if kept.is_dir():
        shutil.copytree(kept, cluster.data)
        cluster.account.take(cluster.data)
        cluster.start()
        return
    cluster.create()
    cluster.start()
    _migrate(cluster)
    cluster.stop()
    _keep(cluster.data, kept)
    cluster.start()


def _migrate(cluster: Cluster) -> None:
    name = os.environ[TEMPLATE]
    cluster.ensure_database()
    cluster.ensure_database(name)
    migrated = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ
        | {"DATABASE_URL": cluster.url(name), "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if migrated.returncode:
        pytest.exit(f"The migrations fail on an empty database:\n{migrated.stderr}", returncode=1)


def _keep(data: Path, kept: Path) -> None:
    """Keep the migrated cluster for later runs, and forget those of older migrations."""
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    half_made = Path(tempfile.mkdtemp(dir=KEPT))
    shutil.copytree(data, half_made, dirs_exist_ok=True)
    if not kept.exists():
        half_made.rename(kept)


def _state() -> str:
    """A hash of everything the migrated schema depends on."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("intranet/settings/*.py")]):
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements" / "runtime.txt").read_bytes())
    return digest.hexdigest()[:16]


def _cluster(home: Path) -> Cluster:
    account = server_account()
    return Cluster(home / "data", binaries.find(account), account, throwaway=True)


def _sweep() -> None:
    """Remove servers of runs that were killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = home.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            _remove(home)


def _remove(home: Path) -> None:
    if (home / "data").exists():
        _cluster(home).stop("immediate")
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    with (home / "door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
