"""Stylesheets work in both directions and take every colour from one file."""

import re

import pytest

from tests.architecture.sources import places, stylesheets

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:"
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius\s*:"
    r"|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r")"
)
RAW_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\("
    r"|:[^;{}]*(?<![\w-])(?:white|black|red|green|blue|yellow|orange|purple|gr[ae]y)(?![\w-])",
    re.IGNORECASE,
)


def blank(match: re.Match[str]) -> str:
    """Spaces for a comment, so that lines keep their numbers."""
    return re.sub(r"[^\n]", " ", match[0])


@pytest.mark.parametrize(
    "pattern", [pytest.param(PHYSICAL, id="physical"), pytest.param(RAW_COLOUR, id="colour")]
)
def test_stylesheets_have_none(pattern: re.Pattern[str]) -> None:
    found = []
    for path in stylesheets():
        if pattern is RAW_COLOUR and path.name == "tokens.css":
            continue
        text = COMMENT.sub(blank, path.read_text())
        found += places(path, text, [match.start() for match in pattern.finditer(text)])
    assert found == []


@pytest.mark.parametrize(
    "text", ["a { margin-left: 1px }", "a{left:0}", "a { text-align: right }", "a { float: left }"]
)
def test_the_check_sees_physical_properties(text: str) -> None:
    assert PHYSICAL.search(text)


@pytest.mark.parametrize(
    "text", ["a { color: #fff }", "a { border: 1px solid red }", "a { color: rgb(0 0 0) }"]
)
def test_the_check_sees_raw_colours(text: str) -> None:
    assert RAW_COLOUR.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "a { margin-inline-start: 1px }",
        "a { text-align: start }",
        ".left { color: var(--ink) }",
        "a { inset-inline: 0 }",
    ],
)
def test_the_check_passes_what_is_right(text: str) -> None:
    assert not PHYSICAL.search(text) and not RAW_COLOUR.search(text)
