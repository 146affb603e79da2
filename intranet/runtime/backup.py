"""Everything the site keeps, in one file with checksums: the database and the uploaded files.

The file is a tar archive: `manifest.json` first ({name: sha256} of all that follows), then `database.dump` in
PostgreSQL's own format, then `media/…` and `attachments/…`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from intranet.runtime.postgres import PostgresError, binaries, roles
from intranet.runtime.postgres.account import server_account

MANIFEST = "manifest.json"
DUMP = "database.dump"


class BackupError(Exception):
    """A backup could not be made or read; the sentence is for the administrator."""


def write(file: Path) -> int:
    """Write a backup to `file`, whole or not at all; returns its size in bytes. Raises `BackupError`."""
    if not file.parent.is_dir():
        raise BackupError(f"There is no folder {file.parent}.")
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        dump = Path(folder) / DUMP
        _run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            f"--exclude-schema={roles.GUARD_SCHEMA}",
            f"--file={dump}",
        )
        members = {DUMP: dump} | _uploaded_files()
        manifest = Path(folder) / MANIFEST
        manifest.write_text(json.dumps({name: _digest(path) for name, path in members.items()}, indent=1))
        whole = Path(folder) / "whole.tar"
        with tarfile.open(whole, "w") as archive:
            archive.add(manifest, MANIFEST)
            for name, path in members.items():
                archive.add(path, name)
        whole.replace(file)
    return file.stat().st_size


def read(file: Path) -> None:
    """Replace the database and the uploaded files by those of `file`, after all checksums were found right.

    Raises `BackupError` before anything is changed when the file is damaged; the database is replaced in one
    transaction.
    """
    parent = Path(settings.MEDIA_ROOT).parent
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=".restore-") as temporary:
        folder = Path(temporary)
        _unpack(file, folder)
        connection.close()
        _restore(folder / DUMP)
        for name, target in _folders().items():
            _put_back(folder / name, target)


def _restore(dump: Path) -> None:
    site = connection.settings_dict
    contents = dump.with_suffix(".list")
    contents.write_text(_without_guard(_run("pg_restore", "--list", str(dump))))
    with roles.trail_lent(user=site["USER"], host=site["HOST"], database=site["NAME"]):
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            f"--use-list={contents}",
            f"--dbname={site['NAME']}",
            str(dump),
        )


def _without_guard(contents: str) -> str:
    """What a dump holds, without what the embedded server puts up by itself and the site may not."""
    return "".join(line for line in contents.splitlines(keepends=True) if " EVENT TRIGGER " not in line)


def _put_back(restored: Path, target: Path) -> None:
    """Make `restored` be `target`; what was there goes with the folder around `restored`."""
    restored.mkdir(exist_ok=True)
    if target.exists():
        shutil.move(target, restored.with_name(f"replaced-{restored.name}"))
    shutil.move(restored, target)


def _folders() -> dict[str, Path]:
    """The folders of uploaded files, by their names in the archive."""
    return {"media": Path(settings.MEDIA_ROOT), "attachments": Path(settings.ATTACHMENTS_ROOT)}


def _uploaded_files() -> dict[str, Path]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in _folders().items()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        wanted = json.loads((folder / MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError) as problem:
        raise BackupError(f"{file} is not a backup that can be read.") from problem
    found = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    if DUMP not in wanted or found != wanted:
        raise BackupError(f"{file} is damaged: its contents do not match its checksums. Nothing was changed.")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _run(program: str, *arguments: str) -> str:
    """Run a program of PostgreSQL on the site's database; what it wrote. Raises `BackupError`."""
    parameters = connection.settings_dict
    place = {
        "PGHOST": parameters["HOST"],
        "PGPORT": parameters["PORT"],
        "PGUSER": parameters["USER"],
        "PGPASSWORD": parameters["PASSWORD"],
        "PGDATABASE": parameters["NAME"],
    }
    environment = os.environ | {name: str(value) for name, value in place.items() if value}
    try:
        path = binaries.find(server_account()) / program
        done = subprocess.run(
            [path, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except (OSError, PostgresError) as problem:
        raise BackupError(f"{program} could not be started: {problem}.") from problem
    if done.returncode:
        raise BackupError(f"{program} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[0]}")
    return done.stdout
