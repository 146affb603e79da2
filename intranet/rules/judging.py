"""PURE. A set of rules, compiled once, and what it says of one text.

Words are matched by their forms, so that a Hebrew word is found with its particles (ו, ה, ב, ל …) and an English one in the
plural. All words of all rules stand in one table, so a text costs the same under five rules and under five hundred.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intranet.rules import patterns, personal
from intranet.text.tokens import fold, terms

WORDS, PATTERN, PERSONAL = "words", "pattern", "personal"
LINKS, NEWCOMER, VOLUME, DISCLOSURE, AGE = "links", "newcomer", "volume", "disclosure", "age"


@dataclass(frozen=True, slots=True)
class Rule:
    """One test. What `what` and `limit` mean depends on `kind`:

    * `words`: words or phrases, one a line in `what`; any of them
    * `pattern`: an RE2 pattern in `what`
    * `personal`: kinds of personal data, divided by spaces; none means all
    * `links`: more than `limit` links
    * `newcomer`: written by somebody who came fewer than `limit` days ago
    * `volume`: the author wrote more than `limit` posts in the last hour
    * `disclosure`: the disclosure named in `what` is missing
    * `age`: an answer in a thread whose last activity is more than `limit` days ago

    A rule with a `tag` speaks only of posts under this topic, one with `newer_than` only of people who came fewer days
    ago than that.
    """

    id: int
    kind: str
    what: str = ""
    limit: int = 0
    tag: str = ""
    newer_than: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What is being written and by whom, as far as rules ask."""

    title: str = ""
    text: str = ""
    tags: frozenset[str] = frozenset()
    disclosures: frozenset[str] = frozenset()
    links: int = 0
    author_days: int = 0
    author_posts_last_hour: int = 0
    quiet_days: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that speaks, and what in the text made it."""

    rule: int
    excerpt: str = ""


Term = tuple[str, ...]

_WORD: Final = re.compile(r"[^\W_](?:[\w.'\"׳״’”/:\u0591-\u05c7-]*[^\W_])?")
"""A word as it was typed, with the points and signs inside it."""


class RuleSet:
    """Rules compiled together. `judge` may be called from many threads."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._phrases: dict[str, list[tuple[int, list[Term]]]] = defaultdict(list)
        for rule in rules:
            for phrase in _lines(rule) if rule.kind == WORDS else ():
                wanted = terms(phrase)
                if wanted:
                    self._phrases[wanted[0][0]].append((rule.id, wanted))
        self._patterns = patterns.PatternSet({rule.id: rule.what for rule in rules if rule.kind == PATTERN})
        self._wants_personal = any(rule.kind == PERSONAL for rule in rules)

    def judge(self, said: Said) -> list[Hit]:
        """What speaks of `said`, one hit a rule, in the order of the rules.

        >>> rules = RuleSet([Rule(1, "words", "סוד מסחרי"), Rule(2, "links", limit=2)])
        >>> rules.judge(Said(text="זה בסוד המסחרי שלנו", links=3))
        [Hit(rule=1, excerpt='בסוד המסחרי'), Hit(rule=2, excerpt='')]
        """
        whole = f"{said.title}\n{said.text}"
        hits = {hit.rule: hit for hit in (*self._by_words(whole), *self._by_patterns(whole))}
        hits |= {hit.rule: hit for hit in self._by_personal(whole)}
        hits |= {rule.id: Hit(rule.id) for rule in self._rules.values() if _by_facts(rule, said)}
        return [hits[key] for key, rule in self._rules.items() if key in hits and _concerns(rule, said)]

    def _by_words(self, whole: str) -> Iterator[Hit]:
        if not self._phrases:
            return
        written = terms(whole)
        for place, forms in enumerate(written):
            for form in forms:
                for rule, wanted in self._phrases.get(form, ()):
                    found = written[place : place + len(wanted)]
                    if len(found) == len(wanted) and all(map(_same, wanted, found)):
                        yield Hit(rule, _as_written(whole, found))

    def _by_patterns(self, whole: str) -> Iterator[Hit]:
        for rule in self._patterns.matches(whole):
            yield Hit(rule, patterns.excerpt(self._rules[rule].what, whole))

    def _by_personal(self, whole: str) -> Iterator[Hit]:
        if not self._wants_personal:
            return
        found = personal.find(whole)
        for rule in self._rules.values():
            if rule.kind == PERSONAL:
                kinds = rule.what.split() or personal.KINDS
                first = next((one for one in found if one.kind in kinds), None)
                if first:
                    yield Hit(rule.id, personal.masked(whole[first.start : first.end]))


def _lines(rule: Rule) -> Iterable[str]:
    return (line for line in rule.what.splitlines() if line.strip())


def _as_written(whole: str, found: list[Term]) -> str:
    """The words of `found` as they stand in the text, with the letters and signs that folding took away."""
    words = [(match.span(), term) for match in _WORD.finditer(whole) for term in terms(match.group())]
    for place in range(len(words) - len(found) + 1):
        if [term for _span, term in words[place : place + len(found)]] == found:
            return whole[words[place][0][0] : words[place + len(found) - 1][0][1]]
    return " ".join(term[0] for term in found)


def _same(wanted: Term, found: Term) -> bool:
    """Whether the word of the rule is one of the readings of the word in the text."""
    return wanted[0] in found


def _concerns(rule: Rule, said: Said) -> bool:
    if rule.newer_than and said.author_days >= rule.newer_than:
        return False
    return not rule.tag or fold(rule.tag) in {fold(tag) for tag in said.tags}


_MEASURES: Final = {
    LINKS: lambda said, limit: said.links > limit,
    NEWCOMER: lambda said, limit: said.author_days < limit,
    VOLUME: lambda said, limit: said.author_posts_last_hour > limit,
    AGE: lambda said, limit: said.quiet_days > limit,
}


def _by_facts(rule: Rule, said: Said) -> bool:
    if rule.kind == DISCLOSURE:
        return rule.what not in said.disclosures
    return rule.kind in _MEASURES and _MEASURES[rule.kind](said, rule.limit)
