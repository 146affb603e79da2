"""How far people have read, when posts change their places.

Pure rule: who has read a thread up to a number has read those posts, wherever they stand afterwards. In each thread their
position is then the last number before the first post that they have not read: something read may look new again, but
nothing new is ever taken for read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from communities.moving.layout import Spot
from intranet.notify.models import ReadPosition

Read = Mapping[int, int]
"""Positions of one person: the last number read, by root."""


def carried(before: Iterable[Spot], after: Iterable[Spot], read: Read) -> dict[int, int]:
    """Positions by root in the layouts `after`, of who had `read` those of `before`; threads never opened are left out.

    >>> a, b = Spot(1, "discussion", 1, None, None, 0), Spot(2, "reply", 1, 1, 1, 1)
    >>> carried([a, b], [a, Spot(2, "discussion", 1, None, None, 0)], {1: 1})
    {1: 0, 2: 0}
    """
    known = {spot.post for spot in before if spot.number <= read.get(spot.root or spot.post, -1)}
    threads: dict[int, list[Spot]] = defaultdict(list)
    for spot in sorted(after, key=lambda spot: spot.number):
        threads[spot.root or spot.post].append(spot)
    found = {}
    for root, spots in threads.items():
        reached = _reached(spots, known)
        if reached is not None:
            found[root] = reached
    return found


def _reached(spots: Iterable[Spot], known: set[int]) -> int | None:
    reached = None
    for spot in spots:
        if spot.post not in known:
            break
        reached = spot.number
    return reached


def carry_positions(before: Iterable[Spot], after: Iterable[Spot]) -> None:
    """Bring the positions of all readers of these threads to where the posts stand now; people alike are reckoned once."""
    before, after = list(before), list(after)
    roots = {spot.root or spot.post for spot in (*before, *after)}
    read: dict[int, dict[int, int]] = defaultdict(dict)
    rows = ReadPosition.objects.filter(thread__in=roots)
    for person, thread, number in rows.values_list("person", "thread", "number"):
        read[person][thread] = number
    alike: dict[tuple[tuple[int, int], ...], list[int]] = defaultdict(list)
    for person, positions in read.items():
        alike[tuple(sorted(positions.items()))].append(person)
    fresh = [
        ReadPosition(person_id=person, thread_id=root, number=number)
        for positions, people in alike.items()
        for root, number in carried(before, after, dict(positions)).items()
        for person in people
    ]
    rows.delete()
    ReadPosition.objects.bulk_create(fresh, ignore_conflicts=True)
