"""What readers of the old site saw, readers see here: checked by rendering the Markdown again."""

from __future__ import annotations

import html

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from communities.imports.stackexchange.markdown import escape, in_parts, to_markdown

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
SIGNS = st.sampled_from(
    [*r"\`*_[](){}<>#+-=.!|~&;:/@'", '"', "\n", " ", "1", "a", "b", "שלום", "amp", "http://x"]
)


def seen(source: str) -> str:
    """The words a reader sees, with runs of space as one."""
    return " ".join(BeautifulSoup(MARKDOWN.render(source), "html.parser").get_text().split())


@given(st.lists(SIGNS, max_size=25).map("".join))
def test_any_text_is_shown_with_the_same_characters(text):
    assert seen(to_markdown(f"<p>{html.escape(text)}</p>").source) == " ".join(text.split())


@given(st.lists(SIGNS, max_size=25).map("".join))
def test_any_code_is_shown_with_the_same_characters(text):
    shown = BeautifulSoup(
        MARKDOWN.render(to_markdown(f"<pre><code>{html.escape(text)}</code></pre>").source), "html.parser"
    )
    assert shown.get_text().strip("\n") == (text.strip("\n") if text.strip() else "")


@given(
    st.lists(st.sampled_from(["a", "[b]", "](c)", "*", "\\", "_x_"]), min_size=1, max_size=8).map(" ".join)
)
def test_any_words_can_be_a_link(words):
    link = BeautifulSoup(
        MARKDOWN.render(to_markdown(f'<p>see <a href="https://a.example/(x)">{words}</a></p>').source),
        "html.parser",
    ).a
    assert (link["href"], " ".join(link.get_text().split())) == ("https://a.example/%28x%29", words)


@pytest.mark.parametrize(
    ("body", "source"),
    [
        (
            '<pre class="lang-py prettyprint-override"><code>if a &lt; b:\n    pass\n</code></pre>',
            "```py\nif a < b:\n    pass\n```",
        ),
        ('<pre><code class="hljs language-qsharp">X(q);</code></pre>', "```qsharp\nX(q);\n```"),
        ('<pre class="lang-none"><code>plain\n\nlines</code></pre>', "```\nplain\n\nlines\n```"),
        ("<pre><code>```\nfence\n```</code></pre>", "````\n```\nfence\n```\n````"),
        ("<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>", "> one\n>\n> two"),
        ("<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n<li>c</li>\n</ul>", "- a\n  - b\n- c"),
        (
            "<ol>\n<li><p>a</p></li>\n<li><p>b</p>\n<pre><code>c</code></pre></li>\n</ol>",
            "1. a\n2. b\n\n   ```\n   c\n   ```",
        ),
        ("<p>Press <kbd>Ctrl</kbd> and <kbd>`</kbd></p>", "Press `Ctrl` and `` ` ``"),
        (
            "<p>T<sub>1</sub>, 10<sup>-3</sup>, x<sup>Q</sup>, note<sup>*</sup></p>",
            r"T₁, 10⁻³, x^(Q), note\*",
        ),
        ("<h2>Why</h2><hr><p>a<br>b<br></p>", "## Why\n\n---\n\na\\\nb"),
        (
            "<table><tr><th>gate</th><th>n</th></tr><tr><td>a|b</td><td>2</td></tr></table>",
            "| gate | n |\n| --- | --- |\n| a\\|b | 2 |",
        ),
        ("<p>3. not a list<br>- nor this</p>", "3\\. not a list\\\n\\- nor this"),
        ("<dl><dt>unital</dt><dd>keeps the identity</dd></dl>", "**unital**\n\nkeeps the identity"),
        ("<script>x()</script><p>a<!-- note --></p>", "a"),
    ],
)
def test_each_kind_of_markup(body, source):
    assert to_markdown(body).source == source


@pytest.mark.parametrize(
    "formula",
    [
        r"$|\psi\rangle_i = \alpha_0 * \beta_1$",
        r"$\{a\} \\ [b](c)$",
        r"$ \frac{a_1}{b^2} $",
        r"$$\begin{pmatrix} 1 & 0 \\ 0 & e^{i\theta_1} \end{pmatrix}$$",
        r"\begin{align} a &= b_1 * c_1 \\ &= d \end{align}",
    ],
)
def test_formulas_stay_as_they_are(formula):
    body = f"<p>With *{html.escape(formula)} and _more_.</p>"
    assert to_markdown(body).source == rf"With \*{formula} and \_more\_."


def test_a_formula_on_several_lines_becomes_one_line_so_that_no_line_of_it_starts_a_list():
    assert to_markdown("<p>$$\na\n- b\n= c\n$$</p>").source == "$$ a - b = c $$"


def test_prices_are_not_formulas():
    assert escape("$5 * 2 and $10 * 3") == r"$5 \* 2 and $10 \* 3"


def test_pictures_become_links_and_are_counted():
    converted = to_markdown(
        '<p>Wow!<img src="https://i.example/a b.png" alt="enter image description here"></p>'
        '<p><a href="https://i.example/big.png"><img src="https://i.example/small.png" alt="a [dial]"></a></p>'
    )
    assert converted.source == (
        "Wow\\![image](https://i.example/a%20b.png)\n\n[a [dial]](https://i.example/big.png)"
    )
    assert converted.changes == {"pictures, now links to them": 2}


def test_links_into_the_old_site_become_words_and_are_counted():
    converted = to_markdown('<p><a href="/q/7">this one</a>, <a href="https://b.example">that one</a></p>')
    assert converted.source == "this one, [that one](https://b.example)"
    assert converted.changes == {"links into the old site, now plain words": 1}


def test_a_long_text_is_cut_between_paragraphs_and_nothing_is_lost():
    source = "\n\n".join(f"Paragraph {n}. " + "word " * 30 for n in range(40))
    parts = in_parts(source, 1000)
    assert max(map(len, parts)) <= 1000
    assert "\n\n".join(parts) == source


def test_a_short_text_is_one_part():
    assert in_parts("short", 1000) == ["short"]


def test_code_that_is_cut_is_code_in_both_parts():
    lines = [f"line {n}" for n in range(100)]
    source = "before\n\n```py\n" + "\n".join(lines) + "\n```\n\nafter"
    parts = in_parts(source, 400)
    shown = [BeautifulSoup(MARKDOWN.render(part), "html.parser") for part in parts]
    code = "".join(block.get_text() for page in shown for block in page.find_all("code"))
    assert max(map(len, parts)) <= 400
    assert code.split("\n")[:-1] == lines
    assert {block["class"][0] for page in shown for block in page.find_all("code")} == {"language-py"}
    assert [page.p.get_text() for page in (shown[0], shown[-1])] == ["before", "after"]


def test_one_endless_word_is_cut_where_the_limit_is():
    assert [len(part) for part in in_parts("x" * 25, 10)] == [10, 10, 5]
