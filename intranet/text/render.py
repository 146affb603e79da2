"""Markdown to everything that is stored beside it, parsed once when it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from intranet.text import blocks, inline
from intranet.text.direction import detect_lang
from intranet.text.files import Files, named
from intranet.text.markdown import PARSER
from intranet.text.plain import plain_of
from intranet.text.sanitise import sanitise
from intranet.text.sources import checked

RENDERER_VERSION: Final = 2
"""Raise it when the same source gives another HTML; stored texts with a smaller number are rendered anew."""

type Names = Callable[[Collection[str]], Mapping[str, str]]
"""Looks up the shown names of people and groups, all at once; what it leaves out stays text."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text in the forms that readers, search and notifications need."""

    html: str
    text: str
    mentions: tuple[str, ...]
    """Usernames, and names of groups (`c/actuators`, `u/service-field`), in the order of their first mention."""
    lang: str
    version: int = RENDERER_VERSION


def render(
    source: str, *, names: Names | None = None, files: Files | None = None, top_heading: int = 3
) -> Rendered:
    """Turn what a person typed into safe HTML, plain text, mentions and language.

    `names` is asked once for everybody whom the text may mention, `files` for every file it names; `top_heading` is
    the level that `# …` becomes. Raises `TooLong` and `BadText`, and nothing else.

    >>> page = render("ב־AX-40 עד 45 °C, נכון @noa?", names=lambda usernames: {"noa": "נועה תלתן"})
    >>> print(page.html)
    <p dir="auto">ב־<bdi dir="ltr">AX-40</bdi> עד <bdi dir="ltr">45 °C</bdi>, נכון <a class="at" href="/people/noa/"><bdi>@נועה תלתן</bdi></a>?</p>
    >>> page.text, page.mentions, page.lang
    ('ב־AX-40 עד 45 °C, נכון @נועה תלתן?', ('noa',), 'he')
    """
    tokens = PARSER.parse(checked(source))
    candidates = inline.mentioned(tokens) if names else set()
    known = names(sorted(candidates)) if names and candidates else {}
    wanted = named(tokens) if files else set()
    found = files(sorted(wanted)) if files and wanted else {}
    blocks.shift_headings(tokens, top_heading)
    blocks.set_directions(tokens)
    for token in tokens:
        if token.type == "inline":
            token.children = inline.rewrite(token.children or [], known, found)
    html = sanitise(PARSER.renderer.render(tokens, PARSER.options, {})).strip()
    mentions = dict.fromkeys(
        child.meta["mention"] for token in tokens for child in token.children or () if "mention" in child.meta
    )
    return Rendered(html=html, text=plain_of(tokens), mentions=tuple(mentions), lang=detect_lang(source))
