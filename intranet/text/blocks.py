"""Blocks of a parsed text: heading levels, and the direction of everything that holds words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from intranet.text.codes import left_to_right_runs
from intranet.text.direction import direction

LOWEST_HEADING: Final = 6
_LEAVES = frozenset({"paragraph_open", "heading_open", "th_open", "td_open"})
_HOLDERS = frozenset(
    {"bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open", "table_open"}
)


def shift_headings(tokens: Sequence[Token], top: int) -> None:
    """Make the first level of heading `h<top>`: the page that shows the text has its own headings above it."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + top - 1, LOWEST_HEADING)}"


def set_directions(tokens: Sequence[Token]) -> None:
    """Give each block its direction.

    A block of words gets `dir="auto"`. `auto` does not look into descendants that carry a `dir` of their own, so a
    block that holds blocks (list, quotation, table) gets the direction of its first words, found here.
    """
    for at, token in enumerate(tokens):
        if token.type in _LEAVES and not token.hidden:
            token.attrSet("dir", "auto")
        elif token.type in _HOLDERS:
            token.attrSet("dir", _direction_of(_inside(tokens, at)))
        if token.type == "table_open":
            token.attrSet("class", "tbl")
        elif token.type in {"th_open", "td_open"}:
            token.attrs.pop("style", None)  # alignment as inline style: the page's policy forbids it


def _inside(tokens: Sequence[Token], at: int) -> Iterator[Token]:
    """The tokens between the opening one at `at` and the closing one that belongs to it."""
    level = tokens[at].level
    for later in range(at + 1, len(tokens)):
        token = tokens[later]
        if token.nesting == -1 and token.level == level:
            return
        yield token


def _direction_of(tokens: Iterator[Token]) -> str:
    for token in tokens:
        for child in token.children or ():
            if child.type == "text" and (found := direction(_without_runs(child.content))) != "auto":
                return found
    return "auto"


def _without_runs(text: str) -> str:
    """`text` without the codes and measures that say nothing about the direction of their sentence."""
    kept, last = [], 0
    for start, end in left_to_right_runs(text):
        kept.append(text[last:start])
        last = end
    return "".join([*kept, text[last:]])
