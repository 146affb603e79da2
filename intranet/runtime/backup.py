"""Everything the site keeps, in one file with checksums: the database and the uploaded files.

The file is a tar archive: `manifest.json` first ({name: sha256} of all that follows), then `database.dump` in
PostgreSQL's own format, then `media/…`.
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

from intranet.runtime.postgres import PostgresError, binaries
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
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
        members = {DUMP: dump} | _media_files()
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
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent, prefix=".restore-") as name:
        folder = Path(name)
        _unpack(file, folder)
        connection.close()
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={connection.settings_dict['NAME']}",
            str(folder / DUMP),
        )
        restored = folder / "media"
        restored.mkdir(exist_ok=True)
        if media.exists():
            media.rename(folder / "replaced")
        shutil.move(restored, media)


def _media_files() -> dict[str, Path]:
    media = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in media.rglob("*") if path.is_file())
    return {f"media/{path.relative_to(media).as_posix()}": path for path in files}


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


def _run(program: str, *arguments: str) -> None:
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
