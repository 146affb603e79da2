"""PURE. Multinomial naive Bayes over the words of decided posts, one class a clause and one for "nothing was done".

Kept are counts of words by a short digest, never words: what was learned from a post that is gone, or stands in a secret
place, cannot be read back. The likelihoods of naive Bayes are too sure of themselves, which is why nothing here acts on
them and `measured` says how often they were right on decisions that were kept aside.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from intranet.text.tokens import terms

NOTHING: Final = ""
"""The class of posts about which nothing was done."""

LONGEST: Final = 400
"""Words of a post that count: a long one would drown the others."""

ANYWHERE: Final = 0.4
"""How much of the likelihood of a word comes from all posts together."""

FOLDS: Final = 5
WORDS_TOLD: Final = 5


@dataclass(frozen=True)
class Example:
    """A decided post: a number that says in which part it is kept aside, its text, its class."""

    number: int
    text: str
    label: str


@dataclass
class Counts:
    """What was learned: for each class how many posts, and how often each word stands in them."""

    posts: Counter[str] = field(default_factory=Counter)
    words: dict[str, Counter[str]] = field(default_factory=dict)

    @cached_property
    def everywhere(self) -> Counter[str]:
        """How often each word stands in the posts of all classes."""
        return sum(self.words.values(), Counter())

    @cached_property
    def length(self) -> int:
        """How many words, with repetitions, stand in all posts."""
        return self.everywhere.total()

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many words, with repetitions, stand in the posts of each class."""
        return {label: each.total() for label, each in self.words.items()}

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {"posts": dict(self.posts), "words": {label: dict(each) for label, each in self.words.items()}}

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Counts:
        """From what `stored` gave."""
        words = {label: Counter(each) for label, each in stored.get("words", {}).items()}
        return cls(Counter(stored.get("posts", {})), words)


@dataclass(frozen=True)
class Guess:
    """A clause whose decided posts a text is like, how likely, and the words of the text that say so most."""

    label: str
    likelihood: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """On decisions kept aside: examples of the clause, how many posts were said to be like it, how many rightly."""

    examples: int
    suggested: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share that was right; None when nothing was said."""
        return self.right / self.suggested if self.suggested else None


def _words(text: str) -> list[tuple[str, str]]:
    """The words of `text`, each with the digest of its plainest form: without particles, in the singular."""
    return [(forms[0], _digest(min(forms, key=len))) for forms in terms(text)[:LONGEST]]


def _digest(word: str) -> str:
    return hashlib.blake2b(word.encode(), digest_size=6).hexdigest()


def learn(examples: Iterable[Example]) -> Counts:
    """Count the words of `examples`."""
    counts = Counts()
    for example in examples:
        counts.posts[example.label] += 1
        counts.words.setdefault(example.label, Counter()).update(
            digest for _word, digest in _words(example.text)
        )
    return counts


def guess(counts: Counts, text: str, *, least: int, threshold: float) -> Guess | None:
    """The clause that `text` is like with at least the likelihood `threshold`; None when there is none.

    A clause with fewer than `least` examples is never named, and nothing is said before there are as many posts about
    which nothing was done.

    >>> many = [Example(n, "buy cheap oil now", "terms#ads") for n in range(4)]
    >>> many += [Example(n, "which seal fits this gearbox", NOTHING) for n in range(4)]
    >>> guess(learn(many), "Cheap oil!", least=3, threshold=0.8).label
    'terms#ads'
    >>> guess(learn(many), "Cheap oil!", least=5, threshold=0.8) is None
    True
    """
    known = [label for label, posts in counts.posts.items() if label and posts >= least]
    spoken = [pair for pair in _words(text) if pair[1] in counts.everywhere]
    if not known or not spoken or counts.posts[NOTHING] < least:
        return None
    scores = {label: _score(counts, label, spoken) for label in [*known, NOTHING]}
    top = max(scores, key=lambda label: scores[label])
    likelihood = 1 / sum(math.exp(score - scores[top]) for score in scores.values())
    if top == NOTHING or likelihood < threshold:
        return None
    return Guess(top, likelihood, _telling(counts, top, spoken))


def _chance(counts: Counts, label: str, digest: str) -> float:
    """How likely a word of a post of this class is `digest`, mixed with how likely it is anywhere.

    The mixture says the same of a small class and a large one about words that neither has. Counting every word once more
    would not: then whatever is unlike everything is most like the smallest class.
    """
    own = counts.words[label][digest] / max(1, counts.totals[label])
    return (1 - ANYWHERE) * own + ANYWHERE * counts.everywhere[digest] / counts.length


def _score(counts: Counts, label: str, spoken: Sequence[tuple[str, str]]) -> float:
    prior = math.log(counts.posts[label] / counts.posts.total())
    return prior + sum(math.log(_chance(counts, label, digest)) for _word, digest in spoken)


def _telling(counts: Counts, label: str, spoken: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    weight = {
        word: _chance(counts, label, digest) / _chance(counts, NOTHING, digest)
        for word, digest in spoken
        if counts.words[label][digest]
    }
    best = sorted((word for word in weight if weight[word] > 1), key=lambda word: -weight[word])
    return tuple(best[:WORDS_TOLD])


def measure(examples: Sequence[Example], *, least: int, threshold: float) -> dict[str, Measured]:
    """How often guesses are right: each fifth of the examples is judged by what the other four teach.

    A clause counts as taught when it has `least` examples in all; of those a part is kept aside.
    """
    labels = Counter(example.label for example in examples)
    told: Counter[str] = Counter()
    right: Counter[str] = Counter()
    fewer = max(1, least - math.ceil(least / FOLDS) * 2)
    for fold in range(FOLDS):
        taught = learn(each for each in examples if each.number % FOLDS != fold)
        for example in (each for each in examples if each.number % FOLDS == fold):
            found = guess(taught, example.text, least=fewer, threshold=threshold)
            if found and labels[found.label] >= least:
                told[found.label] += 1
                right[found.label] += found.label == example.label
    return {label: Measured(n, told[label], right[label]) for label, n in labels.items() if label}
