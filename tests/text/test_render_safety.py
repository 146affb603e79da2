"""Nothing that a person types becomes active, and nothing but the two typed errors is raised."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.text.errors import BadText, TextError, TooLong
from intranet.text.render import render
from intranet.text.sanitise import sanitise
from intranet.text.sources import LIMIT

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "![x](//evil.example/a.png)",
    '[x](/a "onmouseover=alert(1)")',
    '[x](/a "\\"onmouseover=alert(1) y=\\"")',
    "[x]: javascript:alert(1)\n\n[x]",
    "```\n</code></pre><script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`</code><script>alert(1)</script>`",
    '@"><script>alert(1)</script>',
    "https://a.example/\"onmouseover='alert(1)'",
    "https://a.example/<script>alert(1)</script>",
    '<https://a.example/"onmouseover=alert(1)>',
    "| <script> | \n|---|\n| <img onerror=x> |",
    "# <iframe src=//evil.example>",
    "> <form action=//evil.example><input>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<style>*{display:none}</style>",
    "<a href='/x' style='position:fixed'>x</a>",
    "![a](/b.png 'c\" onload=\"alert(1)')",
]
ALLOWED = {
    "a": {"href", "title", "rel", "class"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
    "ol": {"start", "dir"},
    "pre": {"dir", "tabindex"},
    "div": {"class", "tabindex"},
    "table": {"class", "dir"},
}
TAGS = {
    *ALLOWED,
    *("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "li", "th", "td", "code", "bdi"),
    *("br", "hr", "strong", "em", "s", "thead", "tbody", "tr"),
}


class Watcher(HTMLParser):
    """Fails on the first element, attribute or address that has no business in a post."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in ALLOWED.get(tag, {"dir"})
            if name == "href":
                assert value.startswith(("http://", "https://", "mailto:", "/", "#"))
            if name in {"href", "src"}:
                assert not value.startswith(("//", "/\\"))
            if name == "src":
                assert value.startswith(("/", "#"))


def assert_harmless(html):
    Watcher().feed(html)
    assert sanitise(html) == html


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_stays_text(attack):
    assert_harmless(render(attack, names=lambda usernames: dict.fromkeys(usernames, '"><script>')).html)


MARKS = (
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "|",
    "~~",
    "\\",
)
WORDS = (
    "@noa",
    "https://e.x/",
    "javascript:",
    "//",
    "/a",
    "&lt;",
    "&#x3c;",
    "AX-40",
    "45 °C",
    "שלום",
    "\u202e",
    "\n|-|-|\n",
)
MARKUP = st.sampled_from([*MARKS, *WORDS, *ATTACKS])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(MARKUP, st.text(max_size=12)), max_size=40).map("".join))
def test_any_text_renders_harmlessly_or_is_refused_by_name(source):
    try:
        page = render(source, names=lambda usernames: dict.fromkeys(usernames, "<נועה>"))
    except TextError:
        assert "\0" in source
        return
    assert_harmless(page.html)
    assert not set(page.html + page.text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_text_at_the_limit_is_taken_and_one_over_it_is_not():
    assert len(render("x" * LIMIT).text) == LIMIT
    with pytest.raises(TooLong) as refused:
        render("![" * (LIMIT // 2) + "x")
    assert (refused.value.code, refused.value.length, refused.value.limit) == ("too_long", LIMIT + 1, LIMIT)


@pytest.mark.parametrize(("source", "position"), [("a\0b", 1), ("ab\ud800", 2)])
def test_what_cannot_be_stored_is_refused(source, position):
    with pytest.raises(BadText) as refused:
        render(source)
    assert (refused.value.code, refused.value.position) == ("bad_text", position)


def test_the_worst_texts_of_full_length_are_rendered():
    for piece in ("![", "1,", "a-", "a@", "> ", "[a](b", "https://", "|-", "(", "@a "):
        assert_harmless(render((piece * LIMIT)[:LIMIT]).html)


def test_a_direction_override_cannot_turn_code_around():
    page = render("`x\u202ey\u2066`")
    assert (page.html, page.text) == ('<p dir="auto"><code dir="ltr">xy</code></p>', "xy")
