"""The files of the project that the checks of this folder read."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("intranet", "communities", "blogs", "experts", "kms")


def python_files() -> Iterator[Path]:
    """The code of the five apps, without migrations."""
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    """Every template of ours."""
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from sorted((ROOT / "templates").rglob("*.txt"))


def stylesheets() -> Iterator[Path]:
    """Every stylesheet of ours."""
    yield from sorted((ROOT / "static" / "css").glob("**/*.css"))


def places(path: Path, text: str, offsets: list[int]) -> list[str]:
    """`file:line` for offsets in a file's text."""
    return [f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, offset) + 1}" for offset in offsets]
