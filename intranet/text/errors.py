"""The two ways in which a text can be refused before it is read."""

from __future__ import annotations


class TextError(ValueError):
    """A text that will not be accepted. `code` is stable, the sentence is for the log; callers translate."""

    code = "text"


class TooLong(TextError):
    """The text has more characters than allowed."""

    code = "too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"The text has {length} characters; {limit} is the most.")
        self.length = length
        self.limit = limit


class BadText(TextError):
    """The text holds a character that cannot be stored: NUL, or half of a surrogate pair."""

    code = "bad_text"

    def __init__(self, position: int) -> None:
        super().__init__(f"The text holds a character that cannot be stored, at position {position}.")
        self.position = position
