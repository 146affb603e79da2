"""The Markdown that people may write, and which addresses it may point to."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from intranet.text.files import is_file

SCHEMES: Final = frozenset({"http", "https", "mailto"})
_OUTSIDE = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s@]+@)", re.IGNORECASE)
_INSIDE = re.compile(r"[/#](?![/\\])")
_UNSAFE = re.compile(r"[\u0000-\u0020\\]")

type Env = MutableMapping[str, object]


def is_outside(address: str) -> bool:
    """Whether `address` leads out of the site: http, https or mailto."""
    return bool(_OUTSIDE.match(address)) and not _UNSAFE.search(address)


def is_inside(address: str) -> bool:
    """Whether `address` is a path or an anchor of this site. `//host` and `/\\\\host` are not: browsers read a host.

    >>> is_inside("/t/abc/#p-2"), is_inside("//example.org"), is_inside("notes.md")
    (True, False, False)
    """
    return bool(_INSIDE.match(address)) and not _UNSAFE.search(address)


def may_link(address: str) -> bool:
    """Whether a link or an image may name `address` at all; otherwise its Markdown stays text."""
    return is_inside(address) or is_outside(address) or is_file(address)


def _code_block(
    _renderer: RendererHTML, tokens: list[Token], at: int, _options: OptionsDict, _env: Env
) -> str:
    """A block of code: always left to right, and reachable by keyboard because it scrolls."""
    return f'<pre dir="ltr" tabindex="0"><code>{escapeHtml(tokens[at].content)}</code></pre>\n'


def _code_span(
    _renderer: RendererHTML, tokens: list[Token], at: int, _options: OptionsDict, _env: Env
) -> str:
    return f'<code dir="ltr">{escapeHtml(tokens[at].content)}</code>'


def _table_open(renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, _env: Env) -> str:
    """A wide table scrolls in its own region, the page never does."""
    return f'<div class="tbl-wrap" tabindex="0">{renderer.renderToken(tokens, at, options, _env)}'


def _table_close(
    renderer: RendererHTML, tokens: list[Token], at: int, options: OptionsDict, _env: Env
) -> str:
    return f"{renderer.renderToken(tokens, at, options, _env).rstrip()}</div>\n"


class _Parser(MarkdownIt):
    """Markdown whose links and pictures may name only what `may_link` allows."""

    def validateLink(self, url: str) -> bool:
        return may_link(url)


def _parser() -> MarkdownIt:
    """CommonMark without raw HTML, with tables, ~~strikethrough~~ and line breaks kept as typed."""
    parser = _Parser("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    for name, rule in {
        "fence": _code_block,
        "code_block": _code_block,
        "code_inline": _code_span,
        "table_open": _table_open,
        "table_close": _table_close,
    }.items():
        parser.add_render_rule(name, rule)
    return parser


PARSER: Final = _parser()
