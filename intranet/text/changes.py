"""What changed between two texts: line by line, and inside a changed line word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from intranet.text.direction import direction

type Kind = Literal["same", "gone", "new"]

LONGEST: Final = 4_000
"""Words of a line that are compared one by one; a longer one is shown as gone and new."""
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of both texts together, in its own direction."""

    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> Kind | Literal["changed"]:
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 else "changed"

    @property
    def direction(self) -> str:
        return direction("".join(piece.text for piece in self.pieces))


def changes(old: str, new: str) -> list[Line]:
    """The way from `old` to `new`.

    >>> [(line.kind, [(p.kind, p.text) for p in line.pieces]) for line in changes("One coil.\\nב־45", "Two coils.\\nב־45")]
    [('changed', [('gone', 'One coil'), ('new', 'Two coils'), ('same', '.')]), ('same', [('same', 'ב־45')])]
    """
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            lines += [Line((Piece("same", line),)) for line in before[a:b]]
        else:
            lines += _replaced(before[a:b], after[c:d])
    return lines


def _replaced(gone: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that took each other's place, pair by pair, then those without a partner."""
    both = min(len(gone), len(new))
    for old, now in zip(gone[:both], new[:both], strict=True):
        yield Line(_words(old, now))
    yield from (Line((Piece("gone", line),)) for line in gone[both:])
    yield from (Line((Piece("new", line),)) for line in new[both:])


def _words(old: str, new: str) -> tuple[Piece, ...]:
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) + len(after) > LONGEST:
        return Piece("gone", old), Piece("new", new)
    pieces: list[Piece] = []
    for step, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            _add(pieces, "same", "".join(before[a:b]))
            continue
        _add(pieces, "gone", "".join(before[a:b]))
        _add(pieces, "new", "".join(after[c:d]))
    return _without_islands(pieces)


def _add(pieces: list[Piece], kind: Kind, text: str) -> None:
    if text:
        pieces.append(Piece(kind, text))


def _without_islands(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Spaces alone between two changes belong to them: `~~One coil~~ Two coils`, not word by word."""
    out: list[Piece] = []
    gone = new = ""
    for at, piece in enumerate(pieces):
        island = (
            piece.kind == "same"
            and piece.text.isspace()
            and (gone or new)
            and at + 1 < len(pieces)
            and pieces[at + 1].kind != "same"
        )
        if piece.kind == "same" and not island:
            _add(out, "gone", gone)
            _add(out, "new", new)
            gone = new = ""
            out.append(piece)
            continue
        gone += piece.text if piece.kind != "new" else ""
        new += piece.text if piece.kind != "gone" else ""
    _add(out, "gone", gone)
    _add(out, "new", new)
    return tuple(out)
