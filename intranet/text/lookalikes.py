"""Small letters that look like a Latin letter or digit in common sans-serif faces, written after case folding."""

from __future__ import annotations

_FAMILIES = {
    "a": "аαɑ",
    "b": "вьβƅ",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еєε",
    "f": "ϝ",
    "g": "ɡ",
    "h": "һн",
    "i": "іιı",
    "j": "јϳ",
    "k": "кκ",
    "l": "1|ӏוןו׀ǀ",
    "m": "м",
    "n": "пηח",
    "o": "0оοσסօ๐",
    "p": "рρ",
    "q": "ԛ",
    "r": "г",
    "s": "ѕ",
    "t": "тτ",
    "u": "υטʋ",
    "v": "ѵνⅴ",
    "w": "ԝωшщ",
    "x": "хχ",
    "y": "уγү",
    "z": "ʐ",
    "3": "зӡ",
    "'": "׳’‘`´",
    "-": "‐‑‒–—−־",
    ".": "․·",
}

LOOKALIKES = str.maketrans({twin: latin for latin, twins in _FAMILIES.items() for twin in twins})
