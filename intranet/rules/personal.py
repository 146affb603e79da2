"""PURE. Personal data in a text, each kind found by its form and kept only when its check digits agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

ID, CARD, IBAN, PHONE, EMAIL = "id", "card", "iban", "phone", "email"
KINDS: Final = (ID, CARD, IBAN, PHONE, EMAIL)


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: its kind and where it stands in the text."""

    kind: str
    start: int
    end: int


_ID = re.compile(r"(?<![\d.,/-])\d{5,8}-?\d(?![\d/-]|[.,]\d)")
_CARD = re.compile(r"(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)972[- ]?\(?0?\)?|0)(?:5\d|7[2-9]|[23489])[- ]?\d{3}[- ]?\d{4}(?!\d)"
    r"|(?<![\d+])\+(?!972)[1-9]\d{0,2}(?:[- ]?\(?\d{2,4}\)?){2,4}(?!\d)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b")


def is_israeli_id(number: str) -> bool:
    """Whether the check digit of an Israeli identity number of five to nine digits agrees.

    Digits are weighed 1, 2, 1, 2 … from the left of nine; two-digit products count as their digit sum; the sum ends in 0.

    >>> is_israeli_id("000000018"), is_israeli_id("123456782"), is_israeli_id("123456789")
    (True, True, False)
    """
    digits = [int(digit) for digit in number.replace("-", "").zfill(9)]
    return len(digits) == 9 and any(digits) and _weighed(digits) % 10 == 0


def _weighed(digits: list[int]) -> int:
    return sum(sum(divmod(digit * (1 + place % 2), 10)) for place, digit in enumerate(digits))


def is_card(number: str) -> bool:
    """Whether the check digit of a payment card agrees (Luhn, ISO/IEC 7812-1).

    >>> is_card("4111 1111 1111 1111"), is_card("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(char) for char in number if char.isdigit()]
    odd = digits[-1::-2]
    even = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and (sum(odd) + sum(even)) % 10 == 0


def is_iban(number: str) -> bool:
    """Whether the check digits of an IBAN agree (ISO 13616: the rearranged number leaves 1 when divided by 97).

    >>> is_iban("IL62 0108 0000 0009 9999 999"), is_iban("IL62 0108 0000 0009 9999 998")
    (True, False)
    """
    plain = number.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


_SEARCHES: Final[tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]] = (
    (EMAIL, _EMAIL, bool),
    (IBAN, _IBAN, is_iban),
    (CARD, _CARD, is_card),
    (PHONE, _PHONE, bool),
    (ID, _ID, is_israeli_id),
)
"""In this order: what one kind has taken is no other kind any more, so a card holds no identity number."""


def find(text: str) -> list[Found]:
    """All personal data in `text`, in order of appearance. Time grows with the length of the text only.

    >>> [(one.kind, "call 054-123-4567"[one.start : one.end]) for one in find("call 054-123-4567")]
    [('phone', '054-123-4567')]
    """
    taken: list[Found] = []
    for kind, pattern, agrees in _SEARCHES:
        taken += [
            Found(kind, *match.span())
            for match in pattern.finditer(text)
            if agrees(match.group()) and not _overlaps(match.span(), taken)
        ]
    return sorted(taken, key=lambda found: found.start)


def _overlaps(span: tuple[int, int], taken: list[Found]) -> bool:
    return any(span[0] < other.end and other.start < span[1] for other in taken)


def masked(text: str) -> str:
    """`text` with every piece of personal data covered, to be shown to people who need not know it.

    >>> masked("my card is 4111 1111 1111 1111.")
    'my card is •••• •••• •••• ••••.'
    """
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    last = 0
    for found in find(text):
        yield text[last : found.start]
        yield re.sub(r"[^\s@.-]", "•", text[found.start : found.end])
        last = found.end
    yield text[last:]
