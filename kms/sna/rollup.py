"""Group floor: groups with too few people are counted in their parent, never dropped and never named."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from kms.sna.records import EVERYONE, OTHER, Person, SnaError

SEPARATOR: Final = "/"


def roll_up(people: Sequence[Person], floor: int) -> tuple[list[str], dict[str, str]]:
    """Group name to report for each person, and where each group below `floor` went.

    The deepest small groups go first, into their parent path (``A/B/C`` into ``A/B``). A parent that stays small takes
    in its smallest part; a top-level group without parts goes into ``other``; if ``other`` stays small, the smallest
    named group joins it. Raises SnaError when fewer than `floor` people are there at all: then nothing can be said.

    >>> people = [Person(str(i), "A/x" if i < 3 else "A/y") for i in range(13)]
    >>> roll_up(people, 10)[1]
    {'A/x': 'A', 'A/y': 'A'}
    """
    if len(people) < floor:
        raise SnaError(
            f"{len(people)} people are fewer than the floor of {floor}; there is nothing to report."
        )
    sizes = Counter(person.group for person in people)
    moved: dict[str, str] = {}
    while len(sizes) > 1 and (small := _next_small(sizes, floor)):
        part = _smallest_part(sizes, small)
        name, into = (part, small) if part else (small, _parent(small))
        moved[name] = into
        sizes[into] += sizes.pop(name)
    return [_final(person.group, moved) for person in people], {name: _final(name, moved) for name in moved}


def join_smallest(names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """One group fewer: the smallest named group goes into ``other``; with the last two, both become ``everyone``.

    For groups that are large enough but hardly meet, so that nothing between them could be hidden safely.

    >>> join_smallest(["a", "b", "b", "c", "c"])
    (['other', 'b', 'b', 'c', 'c'], {'a': 'other'})
    >>> join_smallest(["a", "b"])[0]
    ['everyone', 'everyone']
    """
    sizes = Counter(names)
    if len(sizes) <= 2:
        joined = dict.fromkeys(sizes, EVERYONE)
    else:
        joined = {_smallest_part(sizes, OTHER): OTHER}
    return [joined.get(name, name) for name in names], joined


def _next_small(sizes: Counter[str], floor: int) -> str:
    """The deepest group below the floor, ``other`` last; empty when there is none."""
    small = [name for name, count in sizes.items() if count < floor]
    return max(small, key=lambda name: (name != OTHER, name.count(SEPARATOR), name), default="")


def _parent(name: str) -> str:
    return name.rsplit(SEPARATOR, 1)[0] if SEPARATOR in name else OTHER


def _smallest_part(sizes: Counter[str], whole: str) -> str:
    """The smallest group under `whole`, which for ``other`` is any; empty when there is none."""
    inside = [
        name for name in sizes if name != whole and (whole == OTHER or name.startswith(whole + SEPARATOR))
    ]
    return min(inside, key=lambda name: (sizes[name], name), default="")


def _final(name: str, moved: dict[str, str]) -> str:
    while name in moved:
        name = moved[name]
    return name
