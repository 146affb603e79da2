"""Light stemming of English: plural, past and -ing forms fall together with their base word."""

from __future__ import annotations

import re
from typing import Final

from intranet.text.stopwords import ENGLISH as STOP_WORDS

WORD: Final = re.compile("[a-z]+")
_VOWEL = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_IRREGULAR: Final = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse", "feet": "foot",
    "indices": "index", "matrices": "matrix", "vertices": "vertex", "criteria": "criterion", "data": "data",
    "ran": "run", "running": "run", "wrote": "write", "written": "write", "broke": "break", "broken": "break",
    "held": "hold", "kept": "keep", "sent": "send", "built": "build", "found": "find", "knew": "know", "known": "know",
    "asked": "ask", "news": "news", "series": "series", "analyses": "analysis", "bus": "bus", "buses": "bus",
    "uses": "use", "used": "use", "using": "use", "ties": "tie", "tied": "tie", "seen": "see", "saw": "see",
    "agreed": "agree", "freed": "free", "left": "leave", "fed": "feed", "led": "lead",
}  # fmt: skip
_KEEP_S = ("ss", "us", "is")


def is_stop_word(word: str) -> bool:
    """Whether the lower-case `word` is too frequent to search for."""
    return word in STOP_WORDS


def stem(word: str) -> str:
    """The form under which `word` (lower case, letters only) meets its other forms. Not always a word itself.

    Steps: irregular forms; plural -s; -ing and -ed when a vowel stays before them, undoubling the last consonant;
    -ly; -tion and -sion to the verb; a silent final e, and the second l of a long word (controlled, install).

    >>> [stem(word) for word in ("calibrate", "calibrates", "calibrated", "calibrating", "calibration")]
    ['calibrat', 'calibrat', 'calibrat', 'calibrat', 'calibrat']
    >>> stem("policies") == stem("policy"), stem("stopped") == stem("stop"), stem("status")
    (True, True, 'status')
    """
    word = _IRREGULAR.get(word) or _singular(word)
    if len(word) <= 3:
        return word
    word = _without_noun_ending(_without_verb_ending(word))
    if word.endswith("y") and len(word) > 3 and not _VOWEL.match(word[-2]):
        word = f"{word[:-1]}i"
    return word[:-1] if word.endswith("e") or (word.endswith("ll") and len(word) > 5) else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEEP_S):
        return word[:-1]
    return word


def _without_verb_ending(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and _VOWEL.search(root) and not word.endswith("eed"):
            return _DOUBLED.sub(r"\1", root)
    return word


def _without_noun_ending(word: str) -> str:
    if word.endswith("ly") and len(word) > 5:
        return word[:-2]
    if word.endswith(("tion", "sion")) and len(word) > 6:
        return word[:-3]
    return word
