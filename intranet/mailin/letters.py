"""One message as it came in, read with care: whoever sends it is unknown until the address has been checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses
from html.parser import HTMLParser

TO_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
ROBOTS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id", "List-Unsubscribe", "X-Loop")
SLOW = frozenset({"bulk", "junk", "list", "auto_reply"})
FLOWED = re.compile(r" \n(?!-- \n)")


@dataclass(frozen=True)
class Letter:
    """What counts of a message: from whom, to which addresses, its id, its plain text, whether a machine sent it."""

    sender: str
    recipients: str
    message_id: str
    text: str
    by_machine: bool


def read(raw: bytes, recipient: str = "") -> Letter:
    """`raw` as RFC 5322 has it; `recipient` is the address of the envelope where the mail server tells it."""
    message = message_from_bytes(raw, policy=policy.default)
    senders = [
        address for _name, address in getaddresses([str(each) for each in message.get_all("From", [])])
    ]
    return Letter(
        sender=senders[0].strip().casefold() if len(senders) == 1 else "",
        recipients=" ".join(
            [recipient, *(str(each) for name in TO_HEADERS for each in message.get_all(name, []))]
        ),
        message_id=str(message.get("Message-ID", "")).strip(),
        text=_text(message),
        by_machine=_by_machine(message),
    )


def _by_machine(message: EmailMessage) -> bool:
    """Whether a machine answered: answering machines never get a post, or two would talk for ever."""
    said = str(message.get("Auto-Submitted", "no")).strip().lower()
    return (
        not said.startswith("no")
        or any(name in message for name in ROBOTS)
        or str(message.get("Precedence", "")).strip().lower() in SLOW
        or str(message.get("Return-Path", "")).strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _text(message: EmailMessage) -> str:
    """The plain text, else that of the HTML; attachments are left out."""
    plain = message.get_body(preferencelist=("plain",))
    if plain is not None:
        words = _content(plain)
        flowed = plain.get_param("format", "") == "flowed"
        return FLOWED.sub(" ", words.replace("\r\n", "\n")) if flowed else words
    page = message.get_body(preferencelist=("html",))
    return _Reader.words(_content(page)) if page is not None else ""


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset that nobody knows
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


class _Reader(HTMLParser):
    """The words of a page without what it quotes."""

    LEFT_OUT = frozenset({"blockquote", "style", "script", "head", "title"})
    LINES = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "hr"})
    VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "wbr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._skipped: list[str] = []

    @classmethod
    def words(cls, page: str) -> str:
        reader = cls()
        reader.feed(page)
        reader.close()
        return re.sub(r"\n{3,}", "\n\n", "".join(reader.said)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINES:
            self.said.append("\n")
        if tag not in self.VOID and (self._skipped or tag in self.LEFT_OUT or _quotes(attrs)):
            self._skipped.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._skipped:
            while self._skipped.pop() != tag:
                continue
        elif tag in self.LINES:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.said.append(re.sub(r"\s+", " ", data))


def _quotes(attrs: list[tuple[str, str | None]]) -> bool:
    said = dict(attrs)
    return "gmail_quote" in (said.get("class") or "") or said.get("id") in ("divRplyFwdMsg", "appendonsend")
