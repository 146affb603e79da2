"""The last wall: what HTML may leave the renderer, whatever the parser did."""

from __future__ import annotations

from typing import Final

import nh3

from intranet.text.files import FILE_CLASS
from intranet.text.markdown import SCHEMES

REL: Final = "nofollow noopener"
MENTION_CLASS: Final = "at"

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_DIRECTED = (*_HEADINGS, "p", "blockquote", "ul", "ol", "table", "pre", "code", "bdi")
_PLAIN = ("br", "hr", "strong", "em", "s", "li", "thead", "tbody", "tr", "th", "td", "a", "img", "div")

_CLEANER: Final = nh3.Cleaner(
    tags={*_DIRECTED, *_PLAIN},
    clean_content_tags={"script", "style"},
    attributes={"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}, "ol": {"start"}},
    tag_attribute_values={
        **{tag: {"dir": {"auto", "ltr", "rtl"}} for tag in _DIRECTED},
        "pre": {"dir": {"ltr"}, "tabindex": {"0"}},
        "code": {"dir": {"ltr"}},
        "a": {"rel": {REL}, "class": {MENTION_CLASS, FILE_CLASS}},
        "img": {"loading": {"lazy"}},
        "div": {"class": {"tbl-wrap"}, "tabindex": {"0"}},
        "table": {"class": {"tbl"}, "dir": {"auto", "ltr", "rtl"}},
    },
    url_schemes=set(SCHEMES),
    link_rel=None,
)


def sanitise(html: str) -> str:
    """`html` with nothing in it but the allowed elements, attributes, values and schemes. Running it twice changes nothing.

    >>> sanitise('<p onclick="x()">a<script>b</script><a href="javascript:c">d</a></p>')
    '<p>a<a>d</a></p>'
    """
    return _CLEANER.clean(html)
