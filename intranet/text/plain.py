"""The words of a text without its markup."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from intranet.text.markdown import PARSER
from intranet.text.sources import checked


def plain(source: str) -> str:
    """The words of a Markdown `source`, one block a line. Raises what `sources.checked` raises.

    >>> plain("# Warm zero\\n\\nRun `calib_zero.py` on *rig B*,\\nsee [limits](/t/a1/).")
    'Warm zero\\nRun calib_zero.py on rig B, see limits.'
    """
    return plain_of(PARSER.parse(checked(source)))


def plain_of(tokens: Sequence[Token]) -> str:
    """The words of a parsed text, one block a line."""
    blocks = (_words_of(token) for token in tokens if token.type in {"inline", "fence", "code_block"})
    return "\n".join(block for block in blocks if block)


def _words_of(block: Token) -> str:
    if block.type != "inline":
        return block.content.strip()
    parts = []
    for child in block.children or ():
        if child.type in {"text", "code_inline", "image"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def excerpt(text: str, length: int) -> str:
    """At most `length` characters of plain `text` on one line, cut between words, with an ellipsis where it was cut.

    >>> excerpt("One coil is enough.", 40), excerpt("Above 45 degrees the shunt drifts", 20)
    ('One coil is enough.', 'Above 45 degrees…')
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    room = line[: max(length - 1, 0)]
    whole = room if line[len(room)] == " " else room.rpartition(" ")[0] or room
    return whole.rstrip(" .,;:!?–—-…") + "…"
