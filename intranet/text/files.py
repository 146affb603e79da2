"""Files that belong to a text: `![what it shows](attachment:ID)` and `[name](attachment:ID)`.

The id is all that a text holds. Whether there is such a file, what it is called and how large it is comes from the
caller, and whether a reader may have it is asked again at its address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

SCHEME: Final = "attachment:"
FILE_CLASS: Final = "file"
_ADDRESS = re.compile(r"attachment:([a-z0-9]{13})")


@dataclass(frozen=True, slots=True)
class FileNote:
    """What a text shows of a file: its name, its size in words, and the pixels of a picture (0 × 0: it is none)."""

    name: str
    size: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.width > 0


def is_file(address: str) -> bool:
    """Whether `address` names a file of a text.

    >>> is_file("attachment:2345678abcdef"), is_file("attachment:../etc")
    (True, False)
    """
    return bool(_ADDRESS.fullmatch(address))


def files_in(source: str) -> list[str]:
    """The ids that `source` may name, in their order, each once. Cheap: it does not parse.

    >>> files_in("![a](attachment:2345678abcdef) and [b](attachment:2345678abcdef)")
    ['2345678abcdef']
    """
    return list(dict.fromkeys(_ADDRESS.findall(source)))


def named(tokens: Sequence[Token]) -> set[str]:
    """Every file that a parsed text names, to be looked up at once."""
    return {key for token in tokens for child in token.children or () if (key := file_id(child))}


def file_id(token: Token) -> str:
    """The id of the file that a link or a picture names; empty when it names none."""
    address = token.attrs.get("src") if token.type == "image" else token.attrs.get("href")
    found = _ADDRESS.fullmatch(str(address or ""))
    return found.group(1) if found else ""


def file_link(link: Token, key: str, note: FileNote) -> None:
    """Make an opening link lead to the file; its name and size are said on hovering and to screen readers."""
    link.attrs = {
        "class": FILE_CLASS,
        "href": f"/attachments/{key}/",
        "title": ", ".join(filter(None, (note.name, note.size))),
    }


def picture(image: Token, key: str, note: FileNote, *, linked: bool) -> Iterator[Token]:
    """A picture small enough for the text, leading to the whole one; a file that is no picture becomes its link."""
    words = image.content or note.name
    if note.is_picture:
        image.attrs = {
            "src": f"/attachments/{key}/small/",
            "alt": words,
            "width": note.width,
            "height": note.height,
            "loading": "lazy",
        }
        image.children = [Token("text", "", 0, content=words)]
    inside = [image] if note.is_picture else [Token("text", "", 0, content=words)]
    if linked:
        yield from inside
        return
    link = Token("link_open", "a", 1)
    file_link(link, key, note)
    yield from (link, *inside, Token("link_close", "a", -1))


type Files = Callable[[Collection[str]], Mapping[str, FileNote]]
"""Looks up what is known of files, all at once; an id that it leaves out is shown as its words alone."""
