"""Templates hold no script, style or handler of their own: the content security policy would drop them."""

import re

import pytest

from tests.architecture.sources import places, templates

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
INLINE = re.compile(
    r"<style\b"
    r"|<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"']?(?:application/json|importmap))"
    r"|<[a-z][^>]*?\s(?:style|on[a-z]+|hx-on[\w:.-]*)\s*="
    r"|(?:href|action|src)\s*=\s*[\"']?\s*javascript:"
    r"|=\s*[\"']\s*js:",
    re.IGNORECASE,
)


def blank(match: re.Match[str]) -> str:
    """Spaces for a comment, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


def test_templates_have_nothing_inline() -> None:
    found = []
    for path in templates():
        text = COMMENT.sub(blank, path.read_text())
        found += places(path, text, [match.start() for match in INLINE.finditer(text)])
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="x">',
        "<a onclick=f()>",
        "<script>f()</script>",
        "<style>",
        '<a href="javascript:f()">',
        '<b hx-on:click="f()">',
    ],
)
def test_the_check_sees_it(text: str) -> None:
    assert INLINE.search(text)


@pytest.mark.parametrize(
    "text", ['<script type="module" src="x.js"></script>', '<script type="application/json">{}</script>']
)
def test_the_check_passes_what_is_right(text: str) -> None:
    assert not INLINE.search(text)
