"""One PostgreSQL cluster: a folder of data that can be created, started, asked and stopped."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from intranet.runtime.postgres import processes, roles
from intranet.runtime.postgres.account import Account, PostgresError

DATABASE = "kesher"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103
"""Bytes of a socket's address: 107 on Linux, 103 on macOS; the stricter holds everywhere."""

INITDB = (
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--locale=C.UTF-8",
    "-k",
)
"""Built-in Unicode rules on every machine. Under the locale `C` Hebrew trigrams silently find nothing."""

SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "'16MB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
}
"""A page asks small questions, many people at a time: starting parallel workers costs such a query more than it saves."""
THROWAWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "'64MB'",
}
"""For databases that live as long as one test run: nothing in them needs to survive a power cut."""


def socket_folder(data: Path) -> Path:
    """Where the server of `data` listens: in the data folder, or, when that path is too long, in a short one."""
    if len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return data
    return Path(tempfile.gettempdir()) / f"kesher-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def database_url(data: Path, database: str = DATABASE, role: str = roles.SITE) -> str:
    """The address of a database of the server of `data`, as `DATABASE_URL` has it, for `role`."""
    return f"postgresql:///{database}?host={quote(str(socket_folder(data)), safe='')}&user={role}"


@dataclass(frozen=True)
class Cluster:
    """A cluster in `data`, served by the programs in `binaries`, as `account`."""

    data: Path
    binaries: Path
    account: Account
    throwaway: bool = False

    @property
    def log(self) -> Path:
        return self.data.parent / "postgres.log"

    def create(self) -> None:
        """Create the cluster if the folder holds none. Half-made ones are never left behind."""
        if (self.data / "PG_VERSION").exists():
            self._require_same_version()
            return
        half_made = self.data.with_name("half-made")
        shutil.rmtree(half_made, ignore_errors=True)
        made = self.account.run(
            [self.binaries / "initdb", *INITDB, "-A", "trust", "-U", roles.ADMIN, "-D", half_made]
        )
        if made.returncode:
            raise PostgresError(
                f"The database could not be created in {self.data}: {_last_line(made.stderr)}"
            )
        with (half_made / "postgresql.conf").open("a") as configuration:
            configuration.write("include 'kesher.conf'\n")
        half_made.rename(self.data)

    def start(self) -> None:
        """Start the server and wait until it answers. Raises `PostgresError` with the reason from its log."""
        processes.clear_remains(self.data, socket_folder(self.data) / f"{SOCKET_NAME}.lock")
        self._write_settings()
        self._prepare_socket_folder()
        started = self.account.run(
            [self.binaries / "pg_ctl", "start", "-w", "-t", "60", "-s", "-D", self.data, "-l", self.log]
        )
        if started.returncode:
            raise PostgresError(f"PostgreSQL did not start: {self._reason()} (more in {self.log})")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; a stopped one is left alone."""
        if self.is_up():
            self.account.run([self.binaries / "pg_ctl", "stop", "-w", "-s", "-m", mode, "-D", self.data])

    def is_up(self) -> bool:
        """Whether the server's process lives."""
        return processes.alive(self.data)

    def url(self, database: str = DATABASE) -> str:
        """The address of one of its databases: for the site, or for a throwaway server's tests, which may do anything."""
        return database_url(self.data, database, roles.ADMIN if self.throwaway else roles.SITE)

    def admin_url(self, database: str = DATABASE) -> str:
        """The address of one of its databases for the launcher."""
        return database_url(self.data, database, roles.ADMIN)

    def ensure_database(self, name: str = DATABASE) -> None:
        """Create the database if it is missing."""
        with psycopg.connect(self.admin_url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))

    def settle(self, database: str = DATABASE) -> None:
        """Bring the roles of the site and of its trail in order; safe to repeat."""
        site = database_url(self.data, database, roles.SITE)
        roles.settle(self.admin_url(database), database, site)

    def _require_same_version(self) -> None:
        written = (self.data / "PG_VERSION").read_text().strip()
        present = self.account.run([self.binaries / "postgres", "--version"]).stdout.split()[2].split(".")[0]
        if written != present:
            raise PostgresError(
                f"The data in {self.data} is of PostgreSQL {written}, the programs in {self.binaries} are {present}: "
                "set KESHER_PG_BIN to the right ones, or restore a backup into an empty folder."
            )

    def _write_settings(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": f"'{socket_folder(self.data)}'"}
        if self.throwaway:
            settings |= THROWAWAY_SETTINGS
        path = self.data / "kesher.conf"
        path.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        if self.account.other:
            os.chown(path, self.account.uid, self.account.gid)

    def _prepare_socket_folder(self) -> None:
        folder = socket_folder(self.data)
        if folder == self.data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account.other and folder.stat().st_uid == 0:
            os.chown(folder, self.account.uid, self.account.gid)
        if folder.is_symlink() or folder.stat().st_uid != self.account.uid:
            raise PostgresError(
                f"The folder {folder} belongs to somebody else: remove it, or move KESHER_DATA."
            )

    def _reason(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return _last_line("\n".join(line for line in lines if "FATAL" in line or "PANIC" in line))


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"
