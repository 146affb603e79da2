"""The exact HTML of what people type, in both directions."""

import pytest

from intranet.text.render import RENDERER_VERSION, render

CASES = {
    "hebrew with a part code and a measure": (
        "מנוע AX-40 מגיע ל־45 °C.",
        '<p dir="auto">מנוע <bdi dir="ltr">AX-40</bdi> מגיע ל־<bdi dir="ltr">45 °C</bdi>.</p>',
    ),
    "english with hebrew in it": (
        "The word קשר means *tie*.",
        '<p dir="auto">The word קשר means <em>tie</em>.</p>',
    ),
    "a paragraph that begins with a code": (
        "AX-40 נסחף",
        '<p dir="auto"><bdi dir="ltr">AX-40</bdi> נסחף</p>',
    ),
    "a range and a signed number": (
        "בין 10–20 דקות, עד -5 מעלות",
        '<p dir="auto">בין <bdi dir="ltr">10–20</bdi> דקות, עד <bdi dir="ltr">-5</bdi> מעלות</p>',
    ),
    "one paragraph a direction": (
        "ראשון\n\nSecond",
        '<p dir="auto">ראשון</p>\n<p dir="auto">Second</p>',
    ),
    "line breaks stay": (
        "שורה\nline",
        '<p dir="auto">שורה<br>\nline</p>',
    ),
    "headings leave room for the page's own": (
        "# א\n## B\n###### C",
        '<h3 dir="auto">א</h3>\n<h4 dir="auto">B</h4>\n<h6 dir="auto">C</h6>',
    ),
    "a hebrew list": (
        "- אחת\n- two",
        '<ul dir="rtl">\n<li>אחת</li>\n<li><bdi>two</bdi></li>\n</ul>',
    ),
    "a list that begins with a code": (
        "1. AX-40: לחמם\n2. לאפס",
        '<ol dir="rtl">\n<li><bdi dir="ltr">AX-40</bdi>: לחמם</li>\n<li>לאפס</li>\n</ol>',
    ),
    "an english list with a hebrew item": (
        "- one\n- שתיים, *חשוב*",
        '<ul dir="ltr">\n<li>one</li>\n<li><bdi>שתיים, <em>חשוב</em></bdi></li>\n</ul>',
    ),
    "a list of paragraphs and a list inside": (
        "- אחת\n\n  המשך\n- two\n  - שלוש",
        '<ul dir="rtl">\n<li>\n<p dir="auto">אחת</p>\n<p dir="auto">המשך</p>\n</li>\n'
        '<li>\n<p dir="auto">two</p>\n<ul dir="rtl">\n<li>שלוש</li>\n</ul>\n</li>\n</ul>',
    ),
    "a list of numbers": ("- 1\n- 2", "<ul>\n<li>1</li>\n<li>2</li>\n</ul>"),
    "a quotation": (
        "> כך כתבו",
        '<blockquote dir="rtl">\n<p dir="auto">כך כתבו</p>\n</blockquote>',
    ),
    "code in a sentence": (
        "להריץ `calib_zero.py --rig B`",
        '<p dir="auto">להריץ <code dir="ltr">calib_zero.py --rig B</code></p>',
    ),
    "a block of code": (
        "```sh\nחום <b> AX-40\n```",
        '<pre dir="ltr" tabindex="0"><code>חום &lt;b&gt; AX-40\n</code></pre>',
    ),
    "a table": (
        "| ציר | N·m |\n|:--|--:|\n| AX-40 | 0.35 |",
        '<div class="tbl-wrap" tabindex="0"><table dir="rtl" class="tbl">\n<thead>\n<tr>\n'
        "<th>ציר</th>\n<th><bdi>N·m</bdi></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
        '<td><bdi dir="ltr">AX-40</bdi></td>\n<td>0.35</td>\n</tr>\n</tbody>\n</table></div>',
    ),
    "struck out": ("~~ישן~~ חדש", '<p dir="auto"><s>ישן</s> חדש</p>'),
    "a link out": (
        "[limits](https://example.org/a?b=1&c=2)",
        '<p dir="auto"><a href="https://example.org/a?b=1&amp;c=2" rel="nofollow noopener">limits</a></p>',
    ),
    "a link inside": (
        "[השרשור](/t/a1b2/#p-3)",
        '<p dir="auto"><a href="/t/a1b2/#p-3">השרשור</a></p>',
    ),
    "a bare address": (
        "ראו https://example.org/a_(b).",
        '<p dir="auto">ראו <a href="https://example.org/a_(b)" rel="nofollow noopener">'
        "<bdi>https://example.org/a_(b)</bdi></a>.</p>",
    ),
    "a picture of ours": (
        "![שרטוט](/media/a.png)",
        '<p dir="auto"><img src="/media/a.png" alt="שרטוט" loading="lazy"></p>',
    ),
    "a picture from elsewhere": (
        "![chart](https://example.org/a.png)",
        '<p dir="auto"><a href="https://example.org/a.png" rel="nofollow noopener">chart</a></p>',
    ),
    "a picture from elsewhere without words": (
        "![](https://example.org/a.png)",
        '<p dir="auto"><a href="https://example.org/a.png" rel="nofollow noopener">'
        "<bdi>https://example.org/a.png</bdi></a></p>",
    ),
    "a picture from elsewhere inside a link": (
        "[![chart](https://example.org/a.png)](/t/a1/)",
        '<p dir="auto"><a href="/t/a1/">chart</a></p>',
    ),
    "nothing": ("  \n ", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_html_is_exactly(name):
    source, html = CASES[name]
    assert render(source).html == html


def test_documents_may_begin_at_a_higher_heading():
    assert render("# Warm zero", top_heading=2).html == '<h2 dir="auto">Warm zero</h2>'


def test_one_parse_gives_all_forms():
    page = render("## איפוס חם\n\nלהריץ `calib` על *מעמד* B,\nואז [לשמור](/t/a1/).\n\n```\nrun\n```")
    assert page.text == "איפוס חם\nלהריץ calib על מעמד B, ואז לשמור.\nrun"
    assert (page.lang, page.mentions, page.version) == ("he", (), RENDERER_VERSION)
