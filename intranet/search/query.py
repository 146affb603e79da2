"""What a person typed into the search field, understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from intranet.search.vectors import all_of, any_of, in_a_row
from intranet.text.lines import clean_line
from intranet.text.tokens import query_tokens

LONGEST = 200
OWN_PARTS = "ABC"
MOST_WORDS = 16
_QUOTED = re.compile('(?<!\\S)["״“”„]([^"״“”„]+)["״“”„](?=\\s|$)')

type Forms = tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """Words (each with its forms), quoted phrases, and what each word is called in the other language."""

    text: str
    words: tuple[Forms, ...] = ()
    phrases: tuple[tuple[Forms, ...], ...] = ()
    also: Mapping[str, tuple[Forms, ...]] = field(default_factory=dict)
    """Own form of a word to the words that mean the same in the other language."""

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def forms(self) -> frozenset[str]:
        """Every form that makes a word of a text worth marking."""
        groups = [
            *self.words,
            *(forms for phrase in (*self.phrases, *self.also.values()) for forms in phrase),
        ]
        return frozenset(form for forms in groups for form in forms)

    @property
    def tsquery(self) -> str:
        """Every word in any form or translation, every phrase in a row."""
        return all_of([*map(self._with_translation, self.words), *map(in_a_row, self.phrases)])

    @property
    def tsquery_own(self) -> str:
        """One of the words in what the entry says itself; the title of the thread around it (part D) is not enough."""
        words = [*self.words, *(word for phrase in (*self.phrases, *self.also.values()) for word in phrase)]
        return " | ".join(any_of(forms, OWN_PARTS) for forms in words)

    @property
    def tsquery_any(self) -> str:
        """One of the words is enough."""
        return " | ".join([*map(self._with_translation, self.words), *map(in_a_row, self.phrases)])

    @property
    def tsquery_as_typed(self) -> str:
        """Every word exactly as typed."""
        exact = [(forms[0],) for forms in self.words]
        return all_of([*map(any_of, exact), *map(in_a_row, self.phrases)])

    @property
    def tsquery_in_a_row(self) -> str:
        """The words as typed, one after the other; as typed anywhere when there is only one."""
        if len(self.words) < 2:
            return self.tsquery_as_typed
        return in_a_row([(forms[0],) for forms in self.words])

    def _with_translation(self, forms: Forms) -> str:
        meaning = self.also.get(forms[0])
        return f"({any_of(forms)} | {in_a_row(meaning)})" if meaning else any_of(forms)


def understand(typed: str) -> Query:
    """The query in `typed`: its words, and the phrases that stand in double quotes (a phrase of one word is a word).

    >>> query = understand('"holding torque" of the motors')
    >>> query.words, query.phrases
    ((('motors', 'motor'),), ((('holding',), ('torque',)),))
    """
    text = clean_line(typed)[:LONGEST]
    phrases = []
    rest = text
    for match in _QUOTED.finditer(text):
        words = tuple((forms[0],) for forms in query_tokens(match.group(1)))
        if len(words) > 1:
            phrases.append(words)
            rest = rest.replace(match.group(), " ")
    distinct = dict.fromkeys(tuple(forms) for forms in query_tokens(rest))
    return Query(text, tuple(distinct)[:MOST_WORDS], tuple(phrases))
