"""HTML of a Stack Exchange post -> the Markdown this site stores.

What a reader saw there, a reader sees here: text keeps its characters (whatever Markdown would read as markup is
escaped), code keeps its language, tables keep their cells, formulas between dollars keep every backslash. What
this site cannot show becomes the nearest thing that it can: a picture on another host becomes a link to it, a
link to a page of the old site becomes its words, `sup` and `sub` become Unicode where Unicode has the sign.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bs4.element import NavigableString, Tag
from markdownify import ATX, BACKSLASH, MarkdownConverter

MATH = re.compile(
    r"""
    \$\$.+?\$\$                                     # $$ display $$
  | \$(?=\S)(?:[^$\\]|\\.)+?(?<=\S)\$(?!\d)         # $inline$, and not "$5 and $10"
  | \$(?:[^$\\]|\\.)*[\\^_](?:[^$\\]|\\.)*\$        # $ inline with air $, when it looks like a formula
  | \\begin\{(?P<env>\w+\*?)\}.+?\\end\{(?P=env)\}  # an environment without dollars
    """,
    re.VERBOSE | re.DOTALL,
)
"""Formulas as MathJax finds them on those sites. They stay as they are, on one line each."""

_MARKUP = re.compile(
    r"""
    (?<!\w)_ | _(?!\w)                        # emphasis; an underscore inside a word is only itself
  | [\\`*]
  | ~~
  | <(?=[A-Za-z/!?])                          # autolink or tag
  | \](?=[(:])                               # the second half of a link or a definition
  | &(?=\#?\w+;)                              # an entity that somebody wrote out
  | ^[ ]*(?:[#]{1,6}|[-+=]+)(?=\s|$) | ^[ ]*>   # heading, list, rule, quotation
  | (?<=^)[ ]*[|]                              # table
    """,
    re.VERBOSE | re.MULTILINE,
)
_LIST_NUMBER = re.compile(r"^( *\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_LANGUAGE = re.compile(r"\b(?:lang|language)-([\w+#.-]+)")
_NO_LANGUAGE = {"none", "default", "lang"}

_SUPERSCRIPT = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_SUBSCRIPT = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")


@dataclass(frozen=True, slots=True)
class Converted:
    """The Markdown, and how often something in it could not stay what it was.

    `changes` counts them by what became of them, in the words of the report.
    """

    source: str
    changes: Counter[str]


def to_markdown(html: str) -> Converted:
    """The Markdown for the HTML of a post body.

    >>> to_markdown('<p>Use <code>H</code> on $|0\\\\rangle_a$, <b>not</b> 2*3*4.</p>').source
    'Use `H` on $|0\\\\rangle_a$, **not** 2\\\\*3\\\\*4.'
    """
    converter = _Converter()
    return Converted(source=converter.convert(html).strip(), changes=converter.changes)


def in_parts(source: str, limit: int) -> list[str]:
    """`source` in as few parts of at most `limit` characters as whole paragraphs allow.

    Nothing is dropped: joined by blank lines the parts are the source again, except that a fence cut in two is
    closed in the one part and opened again in the next, and that a paragraph beyond the limit is cut where it is.

    >>> in_parts("one\\n\\ntwo\\n\\nthree", 9)
    ['one\\n\\ntwo', 'three']
    """
    parts: list[str] = []
    current = ""
    for block in _blocks(source, limit):
        joined = f"{current}\n\n{block}" if current else block
        if len(joined) > limit:
            parts.append(current)
            current = block
        else:
            current = joined
    return [*parts, current] if current else parts


def escape(text: str) -> str:
    """`text` so that Markdown shows these very characters. Formulas are left as they are.

    >>> escape("a*b, snake_case, $a_1*b$ and # no heading")
    'a\\\\*b, snake_case, $a_1*b$ and # no heading'
    """
    pieces = []
    end = 0
    for formula in MATH.finditer(text):
        pieces += [_escape_prose(text[end : formula.start()]), " ".join(formula.group().split("\n"))]
        end = formula.end()
    return "".join([*pieces, _escape_prose(text[end:])])


def _escape_prose(text: str) -> str:
    text = _MARKUP.sub(_backslash_first_sign, text)
    return _LIST_NUMBER.sub(r"\1\\\2", text)


def _backslash_first_sign(found: re.Match[str]) -> str:
    sign = found.group()
    indent = len(sign) - len(sign.lstrip(" "))
    return f"{sign[:indent]}\\{sign[indent:]}"


class _Converter(MarkdownConverter):
    """markdownify with the escaping, code, tables and links that these sites need."""

    class Options:
        heading_style = ATX
        newline_style = BACKSLASH
        bullets = "-"
        table_infer_header = True

    def __init__(self) -> None:
        super().__init__()
        self.changes: Counter[str] = Counter()

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = escape(text)
        if parent_tags & {"td", "th"}:
            escaped = escaped.replace("|", r"\|")
        if "a" in parent_tags:
            escaped = _BRACKET.sub(r"\\\g<0>", escaped)
        return escaped

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """As inherited; a "!" right before a link would turn the link into a picture."""
        text: str = super().process_text(el, parent_tags)  # type: ignore[misc]  # not in its stub
        before_link = isinstance(el.next_sibling, Tag) and el.next_sibling.name in {"a", "img"}
        return f"{text[:-1]}\\!" if before_link and text.endswith("!") else text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A line end, but nothing where no line follows: the backslash would show."""
        last = not any(str(later).strip() for later in el.next_siblings)
        return text if last else super().convert_br(el, text, parent_tags)  # type: ignore[misc]

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if not text.strip():
            return ""
        code = text.strip("\n").replace("\r", "")
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        self.changes["pictures, now links to them"] += 1
        words = _picture_words(str(el.get("alt") or ""))
        address = str(el.get("src") or "")
        if "a" in parent_tags or not _elsewhere(address):
            return words
        return f"[{words}]({_address(address)})"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href") or "")
        if _elsewhere(address):
            label = " ".join(text.split("\n")).strip()
            return f"[{label}]({_address(address)})" if label else ""
        self.changes["links into the old site, now plain words"] += bool(address)
        return text

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _raised(text, _SUPERSCRIPT, "^")

    def convert_sub(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return _raised(text, _SUBSCRIPT, r"\_")

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"


def _language(pre: Tag) -> str:
    """The language a code block names on itself or on its `code`, else "".

    >>> from bs4 import BeautifulSoup
    >>> _language(BeautifulSoup('<pre class="lang-py s-code-block"><code>x</code></pre>', "html.parser").pre)
    'py'
    """
    code = pre.find("code")
    classes = [*pre.get_attribute_list("class"), *(code.get_attribute_list("class") if code else [])]
    found = _LANGUAGE.search(" ".join(filter(None, classes)))
    return found[1] if found and found[1] not in _NO_LANGUAGE else ""


def _elsewhere(address: str) -> bool:
    return address.startswith(("https://", "http://", "mailto:", "ftp://"))


def _address(address: str) -> str:
    """An address inside `(…)`: signs that would end it are written as their codes."""
    return re.sub(r"[\s()<>\\]", lambda sign: f"%{ord(sign[0]):02X}", address)


def _picture_words(alt: str) -> str:
    """What stands for a picture. The editor there filled in the same words whenever nobody wrote any."""
    words = " ".join(alt.split())
    return escape(words) if words and words != "enter image description here" else "image"


def _raised(text: str, signs: dict[int, int], mark: str) -> str:
    """An exponent or index as Unicode, else in brackets; a remark or a footnote's sign that was raised, as it is."""
    words = text.strip()
    if words and all(ord(sign) in signs for sign in words):
        return words.translate(signs)
    return f"{mark}({words})" if re.fullmatch(r"[\w+−-]+", words) else text


def _blocks(source: str, limit: int) -> list[str]:
    """Paragraphs and whole code blocks, none longer than `limit`."""
    blocks: list[str] = []
    fence = ""
    for paragraph in source.split("\n\n"):
        opened_before = fence
        for line in paragraph.split("\n"):
            fence = _fence_after(line, fence)
        if opened_before:
            blocks[-1] += f"\n\n{paragraph}"
        else:
            blocks.append(paragraph)
    return [piece for block in blocks for piece in _cut(block, limit)]


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open after `line`, given the one open before it; "" when none is."""
    found = re.match(r"\s*(`{3,})(.*)$", line)
    if fence:
        return "" if found and found[1].startswith(fence) and not found[2].strip() else fence
    return found[1] if found and "`" not in found[2] else ""


def _cut(block: str, limit: int) -> list[str]:
    """A block in pieces of at most `limit`, at line ends when it has them; a cut fence is closed and reopened."""
    if len(block) <= limit:
        return [block]
    opening = re.match(r"(`{3,})[^\n]*\n", block)
    head, tail = (opening[0], f"\n{opening[1]}") if opening else ("", "")
    body = block.removeprefix(head).removesuffix(tail)
    room = limit - len(head) - len(tail)
    pieces = []
    while len(body) > room:
        at = body.rfind("\n", 1, room + 1)
        at = at if at > 0 else body.rfind(" ", 1, room + 1)
        at = at if at > 0 else room
        pieces.append(body[:at])
        body = body[at:].removeprefix("\n")
    return [f"{head}{piece}{tail}" for piece in [*pieces, body]]
