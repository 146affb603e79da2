"""Message catalogues compiled in pure Python, so that no machine needs GNU gettext to run the site."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; give back those that were compiled."""
    compiled = []
    for source in sorted(locale.rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        # Written aside and moved, so that a server that starts meanwhile never reads half a file.
        half_made = target.with_suffix(".half-made")
        with half_made.open("wb") as file:
            write_mo(file, catalogue)
        half_made.replace(target)
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_stale()
