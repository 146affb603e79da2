"""Pieces of a page that look the same for equal values, put together once in each process.

A kept template reads the values that it is given and nothing else, and those values are its key: it cannot show anybody
what was meant for another, and a value that changes brings a new piece. Two things differ on every page without changing
how a piece looks, so marks stand for them, which are filled in each time: the token of forms and the page's own address.

    {% keep "ui/foot.html" known=user.is_authenticated %}
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable
from functools import lru_cache

from django.db.models import Model
from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

PIECES = 4_096
"""Pieces that a process keeps, those used longest ago leaving first; one weighs 0.1 to 10 kB."""
TOKEN, ADDRESS = (f"mark-{secrets.token_hex(8)}" for _ in range(2))
"""What nobody can write, because it is new in every process."""

LAYOUT = re.compile(r"(<(pre|textarea)\b.*?</\2>)|\s*\n\s*", re.DOTALL)
"""Line breaks with what surrounds them, and before that what must keep its own."""

Values = tuple[tuple[str, Hashable], ...]


def kept(name: str, /, **values: Hashable) -> SafeString:
    """The template `name` with `values`, `csrf_token` and `address`; the marks of the last two still stand in it."""
    return _made(name, get_language(), tuple(values.items()))


def filled(piece: SafeString, token: object, request: HttpRequest | None) -> SafeString:
    """`piece` with the form token and the address of the page in place of their marks."""
    if TOKEN in piece:
        piece = SafeString(piece.replace(TOKEN, escape(token)))
    if ADDRESS in piece:
        piece = SafeString(piece.replace(ADDRESS, escape(request.get_full_path() if request else "")))
    return piece


@lru_cache(maxsize=PIECES)
def _made(name: str, language: str, values: Values) -> SafeString:
    for key, value in values:
        if isinstance(value, Model | SafeString):
            # Rows are equal when their numbers are, and safe text equals the same text unescaped.
            raise TypeError(f"{key} is no plain value: {value!r}")
    context = Context({"csrf_token": TOKEN, "address": ADDRESS, **dict(values)})
    return _tight(get_template(name).template.render(context))


def _tight(piece: str) -> SafeString:
    """`piece` with one line break where the layout of templates left several and indents."""
    return SafeString(LAYOUT.sub(lambda found: found[1] or "\n", piece).strip())


forget = _made.cache_clear
"""Forget all pieces: what templates say has changed."""
