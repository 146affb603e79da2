"""Blocks of a parsed text: heading levels, and the direction of everything that holds words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from intranet.text.codes import left_to_right_runs
from intranet.text.direction import direction

LOWEST_HEADING: Final = 6
_BLOCKS = frozenset({"paragraph_open", "heading_open"})
_HOLDERS = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open", "table_open"})
_CELLS = frozenset({"th_open", "td_open"})


def shift_headings(tokens: Sequence[Token], top: int) -> None:
    """Make the first level of heading `h<top>`: the page that shows the text has its own headings above it."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + top - 1, LOWEST_HEADING)}"


def set_directions(tokens: Sequence[Token]) -> None:
    """Give each block its direction.

    A paragraph or heading gets `dir="auto"`. A block that holds blocks (list, quotation, table) gets the direction of
    its first words, found here, because `auto` does not look into descendants that have a `dir` of their own. Items
    and cells keep the edge of their list or table, so that markers and columns stay in line; words that run the other
    way are isolated.
    """
    held: list[str] = []
    for at, token in enumerate(tokens):
        if token.type in _HOLDERS:
            held.append(_direction_of(_inside(tokens, at)))
            if held[-1] != "auto":  # without words of its own it follows what is around it
                token.attrSet("dir", held[-1])
        elif token.type.replace("_close", "_open") in _HOLDERS:
            held.pop()
        elif token.type in _BLOCKS and not token.hidden:
            token.attrSet("dir", "auto")
        elif token.type == "inline" and _keeps_the_edge(tokens[at - 1]):
            _isolate_if_other(token, held[-1])
        if token.type == "table_open":
            token.attrSet("class", "tbl")
        elif token.type in _CELLS:
            token.attrs.pop("style", None)  # alignment as inline style: the page's policy forbids it


def _keeps_the_edge(block: Token) -> bool:
    """Whether the words of this block stand directly in a cell or an item."""
    return block.type in _CELLS or block.hidden


def _isolate_if_other(words: Token, around: str) -> None:
    if _direction_of(iter((words,))) not in {around, "auto"}:
        words.children = [
            Token("bdi_open", "bdi", 1),
            *(words.children or ()),
            Token("bdi_close", "bdi", -1),
        ]


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
