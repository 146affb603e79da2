"""Whether a text uses one of some words, in any of their forms: Hebrew prefixes and English endings included."""

from __future__ import annotations

from intranet.text.tokens import terms


def found_words(text: str, words: str) -> list[str]:
    """Which of `words` (phrases with commas between them) `text` uses, in their order.

    A phrase is used when its words stand next to each other.

    >>> found_words("כתבתי על המחירים של הספק", "מחיר, חוזה")
    ['מחיר']
    """
    said = [set(forms) for forms in terms(text)]
    return [
        phrase for phrase in (part.strip() for part in words.split(",")) if phrase and _used(phrase, said)
    ]


def mentions(text: str, words: str) -> bool:
    """Whether `text` uses any of `words`."""
    return bool(found_words(text, words))


def _used(phrase: str, said: list[set[str]]) -> bool:
    wanted = [set(forms) for forms in terms(phrase)]
    if not wanted:
        return False
    places = range(len(said) - len(wanted) + 1)
    return any(all(forms & said[place + step] for step, forms in enumerate(wanted)) for place in places)
