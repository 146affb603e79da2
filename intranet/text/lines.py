"""One-line texts: titles, names, tags, file names; and the marks in them that must not mislead."""

from __future__ import annotations

import re
import unicodedata

from intranet.text.lookalikes import LOOKALIKES

BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: they can reorder the line that they stand in and everything after it."""

UNSEEN = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ud800-\udfff\ufeff]")
"""Control characters that are no white space, halves of surrogate pairs, and the byte order mark."""

NIQQUD = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
"""Hebrew points and accents. The maqaf (U+05BE), paseq, sof pasuq and nun hafukha are punctuation and stay."""

IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]"
)


def clean_line(text: str) -> str:
    """`text` as one tidy line: no direction overrides, no control characters, single spaces, composed (NFC).

    >>> clean_line("  Warm\\tzero\\n for \\u202eAX-40\\u202c ")
    'Warm zero for AX-40'
    >>> clean_line("נעה\\u2067 תלתן")
    'נעה תלתן'
    """
    visible = UNSEEN.sub("", BIDI_CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def strip_niqqud(text: str) -> str:
    """`text` without Hebrew points; letters and the maqaf stay.

    >>> strip_niqqud("שָׁלוֹם בֵּית־סֵפֶר")
    'שלום בית־ספר'
    """
    decomposed = unicodedata.normalize("NFKC", text) if _PRESENTATION.search(text) else text
    return NIQQUD.sub("", decomposed)


_PRESENTATION = re.compile("[\ufb1d-\ufb4f]")


def skeleton(name: str) -> str:
    """What `name` looks like: two names with one skeleton cannot be told apart at a glance.

    Compatibility forms are unified (NFKC), case and accents dropped, unseen characters removed, and letters of Latin,
    Cyrillic, Greek and Hebrew that look alike fall together (after Unicode TS #39, but `i` and `l`, `m` and `rn` stay
    apart, because real pairs of colleagues differ by them).

    >>> skeleton("noa") == skeleton("nоа")  # Latin, then Cyrillic о and а
    True
    >>> skeleton("Dana.Levi1")
    'dana.levil'
    """
    folded = unicodedata.normalize("NFKC", IGNORABLE.sub("", BIDI_CONTROLS.sub("", name))).casefold()
    bare = "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare.translate(LOOKALIKES))
