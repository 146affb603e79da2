"""Whom to introduce to whom: pairs that are likely to hit it off, and pairs that would bring two units nearer.

Pure: nothing is asked of a database and no word is said to anybody. Reasons are data (a code, numbers, topics, groups); the
edge puts them into the reader's language. Numbers of the group matrix are never among them, as a cell may be hidden.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

import numpy as np

from kms.sna.candidates import Candidate, bridging_candidates, likely_candidates
from kms.sna.graph import Bools, Network
from kms.sna.matrix import expected_by_degree, observed
from kms.sna.topics import Topics

OPEN_EACH: Final = 3
"""Suggestions that may be open for one person at a time: more is a burden, and none is taken seriously."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may be suggested, by person id.

    `consenting` have said yes to being suggested. `settled` are unordered pairs that are not to be proposed (again):
    suggested, declined, held out. `open` counts the suggestions that each person has open already.
    """

    consenting: frozenset[str]
    settled: frozenset[frozenset[str]] = frozenset()
    open: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SuggestionTerms:
    """How many pairs of each kind at the most, and how many may be open for one person."""

    likely: int = 100
    bridging: int = 100
    open_each: int = OPEN_EACH
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair is suggested; the edge says it in words.

    ====================  =============================================  =====================================
    code                  numbers                                        further
    ====================  =============================================  =====================================
    ``shared_contacts``   ``count`` of people tied to both
    ``far_apart``         ``steps`` between them, 0 if no path exists
    ``units_apart``                                                      ``groups``: fewer ties than expected
    ``asks_offers``       ``weight`` 0…1                                 ``topics``; `groups` empty; the first of
                                                                         the pair wants what the second offers
    ``offers_asks``       ``weight`` 0…1                                 ``topics``; the other way round
    ====================  =============================================  =====================================
    """

    code: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people, ids in order; `score` only compares within its own list."""

    pair: tuple[str, str]
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Both lists, best first; no pair stands in both."""

    likely: tuple[Suggestion, ...]
    bridging: tuple[Suggestion, ...]


def suggest(
    network: Network,
    eligibility: Eligibility,
    topics: Topics | None = None,
    terms: SuggestionTerms | None = None,
) -> Suggestions:
    """Pairs worth an introduction: of two groups with fewer ties than expected, untied, both consenting.

    * *likely*: by weighted resource allocation over shared contacts; weigh the ties by age (``weighted`` with a half-life)
      and old contacts count less. See :func:`kms.sna.candidates.resource_allocation`.
    * *bridging*: three or more steps apart, by what the tie would bring the groups nearer × how well topics match.
      Empty when `topics` is empty: without a theme there is nothing to meet about.

    Nobody gets more than ``open_each`` in both lists together, counting those already open. The same input gives the same
    lists. O(ties · degree) time for *likely*; *bridging* looks closely at a bounded number of pairs.

    b and c know nobody in common but a; their units never meet:

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person("a", "x"), Person("b", "x"), Person("c", "y"), Person("d", "y")]
    >>> net = network_of(people, np.array([0, 0, 2]), np.array([1, 2, 3]))
    >>> found = suggest(net, Eligibility(frozenset("bc")))
    >>> [(one.pair, one.score, one.reasons[0]) for one in found.likely]
    [(('b', 'c'), 0.5, Reason(code='shared_contacts', numbers={'count': 1}, topics=(), groups=()))]
    """
    topics, terms = topics or Topics(), terms or SuggestionTerms()
    allowed = np.array([name in eligibility.consenting for name in network.ids], dtype=bool)
    allowed &= np.array([eligibility.open.get(name, 0) < terms.open_each for name in network.ids], dtype=bool)
    apart = under_connected(network)
    likely = likely_candidates(network, allowed, apart, keep=terms.likely)
    bridging = bridging_candidates(network, allowed, apart, topics, keep=terms.bridging, seed=terms.seed)
    return _dealt(network, eligibility, terms, likely, bridging)


def under_connected(network: Network) -> Bools:
    """Pairs of different groups with fewer arcs, both ways together, than expected by degree; symmetric."""
    seen = observed(network)
    expected = expected_by_degree(seen)
    fewer: Bools = seen + seen.T < expected + expected.T
    np.fill_diagonal(fewer, False)
    return fewer


def _dealt(
    network: Network,
    eligibility: Eligibility,
    terms: SuggestionTerms,
    likely: Iterable[Candidate],
    bridging: Iterable[Candidate],
) -> Suggestions:
    """Both lists dealt in turns, so that neither takes all the openings of a person."""
    taken = Counter(dict(eligibility.open))
    lists: tuple[list[Suggestion], list[Suggestion]] = ([], [])
    limits = (terms.likely, terms.bridging)
    for turn in zip_longest(likely, bridging):
        for found, limit, candidate in zip(lists, limits, turn, strict=True):
            if candidate is None or len(found) >= limit:
                continue
            one = _suggestion(network, candidate)
            if frozenset(one.pair) in eligibility.settled:
                continue
            if max(taken[one.pair[0]], taken[one.pair[1]]) < terms.open_each:
                taken.update(one.pair)
                found.append(one)
    return Suggestions(tuple(lists[0]), tuple(lists[1]))


def _suggestion(network: Network, one: Candidate) -> Suggestion:
    groups = (network.groups[network.group[one.left]], network.groups[network.group[one.right]])
    if one.contacts:
        first = Reason("shared_contacts", {"count": one.contacts})
    else:
        first = Reason("far_apart", {"steps": one.steps})
    themes = [
        Reason(code, {"weight": match.weight}, topics=match.topics)
        for code, match in (("asks_offers", one.gets), ("offers_asks", one.gives))
        if match.topics
    ]
    pair = (network.ids[one.left], network.ids[one.right])
    return Suggestion(pair, one.score, (first, *themes, Reason("units_apart", groups=groups)))
