"""The crowd reacts to those who are near, and the seed decides who."""

from __future__ import annotations

from collections import Counter

from intranet.demo.crowd import Crowd

UNITS = {f"{unit.lower()}{number}": unit for unit in ("SVC", "SAL", "SW") for number in range(20)}


def _reacting(seed: int, times: int = 60) -> list[list[str]]:
    crowd = Crowd(UNITS, seed)
    return [crowd.reacting("svc0", UNITS, 5) for _ in range(times)]


def test_the_same_seed_draws_the_same_people() -> None:
    assert _reacting(3) == _reacting(3)
    assert _reacting(3) != _reacting(4)


def test_nobody_reacts_twice_or_to_themselves() -> None:
    for people in _reacting(5):
        assert len(people) == len(set(people))
        assert "svc0" not in people


def test_near_units_react_and_far_ones_hardly() -> None:
    drawn = Counter(UNITS[name] for people in _reacting(6) for name in people)
    assert drawn["SVC"] > drawn["SAL"] > 5 * drawn["SW"]


def test_as_many_react_as_expected() -> None:
    sizes = [len(people) for people in _reacting(7, times=400)]
    assert 4.5 < sum(sizes) / len(sizes) < 5.5
