"""Hidden numbers that an exchange of ties leaves open; most of them, found without a linear program.

When g→k and m→h become g→h and m→k, everybody sends and receives as much as before, and so does every group. If the four
pairs of groups are hidden, nothing that is printed has changed. So whoever has read all of it cannot know that it
did not happen. Only ties that go one way are exchanged, between four different groups: a tie then stays a tie and an arc an arc.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kms.sna.graph import Bools, Floats
from kms.sna.system import MARGIN, Table

TWICE: Final = 2 * MARGIN
"""Ties to exchange with that surely serve both directions of a pair."""


@dataclass(frozen=True)
class Open:
    """Numbers that can be 5 higher, or 5 lower (or zero): directed cells, and pairs (symmetric)."""

    higher_arcs: Bools
    higher_ties: Bools
    lower_arcs: Bools
    lower_ties: Bools


def left_open(table: Table) -> Open:
    """What exchanges leave open in a table; what they do not may still be open. O(groups³).

    Four groups each of which sent two one-way ties to each other one, all hidden, can be exchanged at will:

    >>> full = np.ones((4, 4)) - np.eye(4)
    >>> left_open(Table(2 * full, 4 * full, full.astype(bool))).lower_arcs.sum()
    np.int64(12)
    """
    hidden = table.hidden & ~np.eye(len(table.hidden), dtype=bool)
    mutual = table.directed + table.directed.T - table.undirected
    one_way = np.where(hidden, table.directed - mutual, 0.0)
    enough = _to_exchange_with(one_way, hidden)
    few = np.minimum(table.directed, MARGIN)
    lower_arcs = hidden & (one_way >= few) & (enough >= few)
    ends = np.minimum(table.undirected, MARGIN)
    lower_ties = hidden & (one_way + one_way.T >= ends) & (enough >= TWICE) & (enough.T >= TWICE)
    higher = _higher(one_way, hidden)
    return Open(higher, higher | higher.T, lower_arcs, lower_ties)


def _to_exchange_with(one_way: Floats, hidden: Bools) -> Floats:
    """For each cell (g, h): the one-way ties m→k, of other groups, with which g→h can become g→k and m→h."""
    may = hidden.astype(np.float64)
    every = may @ one_way.T @ may
    # Ties that g itself sends, or h itself receives, are no exchange; g→h is in both sums.
    own = np.diag(may @ one_way.T)[:, None] * may
    own_too = may * np.diag(one_way.T @ may)[None, :]
    found: Floats = every - own - own_too + may * one_way * may
    return found


def _higher(one_way: Floats, hidden: Bools) -> Bools:
    """Cells (g, h) for which five ties g→k and five m→h can be found that make g→h and m→k."""
    found = np.zeros_like(hidden)
    for g, h in np.argwhere(hidden):
        sent, received = one_way[g].copy(), one_way[:, h].copy()
        sent[h] = received[g] = 0
        found[g, h] = _matched(sent, received, hidden) >= MARGIN
    return found


def _matched(sent: Floats, received: Floats, hidden: Bools) -> float:
    """How many ties sent to k and received from m are matched, the first that fit, until it is five."""
    total = 0.0
    if min(sent.sum(), received.sum()) < MARGIN:
        return total
    senders = np.flatnonzero(received)
    for k in np.flatnonzero(sent):
        for m in senders[hidden[senders, k]]:
            moved = float(min(sent[k], received[m]))
            sent[k] -= moved
            received[m] -= moved
            total += moved
            if total >= MARGIN:
                return total
            if not sent[k]:
                break
    return total
