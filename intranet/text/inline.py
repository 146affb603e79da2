"""Words of a parsed text: mentions, bare addresses, part codes and pictures become what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote

from markdown_it.token import Token

from intranet.text.codes import left_to_right_runs
from intranet.text.files import FileNote, file_id, file_link, picture
from intranet.text.markdown import is_inside, is_outside
from intranet.text.sanitise import MENTION_CLASS, REL

MENTION: Final = re.compile(r"(?<![A-Za-z0-9_.@/+])@([cu]/\w[\w.-]{1,79}|[A-Za-z0-9][A-Za-z0-9._-]{1,39})")
"""`@noa` is a person, `@c/actuators` a community, `@u/service-field` a unit."""
PLACES: Final = {"c/": "/c/{}/", "u/": "/u/{}/"}
"""Where the mention of a group leads, by its prefix."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TRAILING = ".,;:!?…״\"'*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def mentioned(tokens: Sequence[Token]) -> set[str]:
    """Every username that the text may be mentioning, to be looked up at once."""
    return {
        name
        for token in tokens
        for child in token.children or ()
        if child.type == "text"
        for match in MENTION.finditer(child.content)
        for name in _readings(match)
    }


def rewrite(
    children: Sequence[Token], names: Mapping[str, str], files: Mapping[str, FileNote]
) -> list[Token]:
    """The inline tokens of one block with mentions of `names` (username to shown name), addresses, codes, pictures
    and `files` (id to what is known of it).

    Inside a link nothing becomes a second link. A link to a file that is not known leaves its words.
    """
    out: list[Token] = []
    depth = 0
    missing = False
    for child in children:
        if child.type == "link_open" and (key := file_id(child)):
            missing = key not in files
            if not missing:
                file_link(child, key, files[key])
        if missing and child.type in {"link_open", "link_close"}:
            missing = child.type == "link_open"
            continue
        depth += child.nesting if child.type in {"link_open", "link_close"} else 0
        if child.type == "text":
            out.extend(_words(child.content, names, linked=depth > 0))
        elif child.type == "image":
            out.extend(_picture(child, files, linked=depth > 0))
        else:
            if child.type == "link_open":
                _mark_outside(child)
            out.append(child)
    return out


def _readings(match: re.Match[str]) -> Iterator[str]:
    """The names that a mention can mean, longest first: a full stop may end the name or the sentence."""
    name = match.group(1).lower()
    yield name
    bare = name.rstrip("._-")
    if bare != name and len(bare) > 1:
        yield bare


def _words(text: str, names: Mapping[str, str], *, linked: bool) -> Iterator[Token]:
    """The pieces of a run of text, left to right: first come mentions and addresses, then codes in what is between."""
    last = 0
    for start, end, pieces in sorted(_links(text, names, linked=linked), key=lambda found: found[:2]):
        if start >= last:
            yield from _codes(text[last:start])
            yield from pieces
            last = end
    yield from _codes(text[last:])


def _links(text: str, names: Mapping[str, str], *, linked: bool) -> Iterator[tuple[int, int, list[Token]]]:
    for match in _ADDRESS.finditer(text):
        address = _trim(match.group())
        if is_outside(address):
            start = match.start()
            yield (
                start,
                start + len(address),
                _isolated(address) if linked else _link(address, _isolated(address)),
            )
    for match in MENTION.finditer(text):
        username = next((name for name in _readings(match) if name in names), None)
        if username:
            shown = _isolated(f"@{names[username]}")
            link = _open("link_open", "a", {"class": MENTION_CLASS, "href": _address(username)})
            link.meta["mention"] = username
            pieces = shown if linked else [link, *shown, Token("link_close", "a", -1)]
            yield match.start(), match.start(1) + len(username), pieces


def _address(name: str) -> str:
    """Where a mention leads."""
    group = PLACES.get(name[:2])
    return group.format(quote(name[2:])) if group else f"/people/{name}/"


def _trim(address: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    while address:
        last = address[-1]
        unopened = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        address = address[:-1]
    return address


def _codes(text: str) -> Iterator[Token]:
    last = 0
    for start, end in left_to_right_runs(text):
        yield from _text(text[last:start])
        yield from _isolated(text[start:end], {"dir": "ltr"})
        last = end
    yield from _text(text[last:])


def _picture(image: Token, files: Mapping[str, FileNote], *, linked: bool) -> Iterator[Token]:
    """A picture of this site stays; one from elsewhere becomes a link, because loading it would tell that site who reads."""
    address = str(image.attrs["src"])
    if key := file_id(image):
        yield from picture(image, key, files[key], linked=linked) if key in files else _text(image.content)
        return
    if is_inside(address):
        image.attrSet("loading", "lazy")
        yield image
        return
    words = list(_text(image.content)) or _isolated(address)
    yield from words if linked else _link(address, words)


def _mark_outside(link: Token) -> None:
    if is_outside(str(link.attrs.get("href", ""))):
        link.attrSet("rel", REL)


def _link(address: str, words: list[Token]) -> list[Token]:
    return [_open("link_open", "a", {"href": address, "rel": REL}), *words, Token("link_close", "a", -1)]


def _isolated(text: str, attrs: Mapping[str, str] | None = None) -> list[Token]:
    return [_open("bdi_open", "bdi", attrs or {}), *_text(text), Token("bdi_close", "bdi", -1)]


def _open(kind: str, tag: str, attrs: Mapping[str, str]) -> Token:
    return Token(kind, tag, 1, attrs=dict(attrs))


def _text(text: str) -> Iterator[Token]:
    if text:
        yield Token("text", "", 0, content=text)
