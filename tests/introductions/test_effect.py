"""Whether introducing works: against sums done by hand and figures from the literature."""

import doctest

import pytest

from kms.introductions import effect
from kms.introductions.effect import Share, against_held_out, matched, needed, newcombe, wilson


def test_the_examples_in_the_module_are_true():
    assert doctest.testmod(effect).failed == 0


@pytest.mark.parametrize(
    ("one", "other", "interval"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_gives_the_published_intervals(one, other, interval):
    assert newcombe(Share(*one), Share(*other)) == pytest.approx(interval, abs=5e-5)


def test_wilson_by_hand():
    # 5 of 10: middle 0.5, reach 1.96 sqrt(.025 + 3.8415/400) / 1.38415 = 0.2634
    assert wilson(Share(5, 10)) == pytest.approx((0.2366, 0.7634), abs=5e-5)


def test_too_few_is_said_before_anything_else():
    enough = needed()
    assert against_held_out(Share(enough - 1, enough - 1), Share(0, 500)).verdict == "too_few"
    assert against_held_out(Share(enough, enough), Share(0, enough)).verdict == "works"
    assert against_held_out(Share(0, enough), Share(enough, enough)).verdict == "harms"
    assert against_held_out(Share(9, 60), Share(6, 60)).verdict == "unclear"
    assert against_held_out(Share(0, 0), Share(0, 0)).verdict == "too_few"


def test_matched_pairs_by_hand():
    tied, nothing = (False, True, False, False), (False, False, False, False)
    found = matched([tied] * 30 + [nothing] * 30)
    # mean .5; variance 30 · .25 · 2 / 59 = .2542; reach 1.96 sqrt(.2542 / 60) = .1276
    assert (found.difference, found.low, found.high) == pytest.approx((0.5, 0.3724, 0.6276), abs=5e-5)
    assert found.verdict == "works"
    assert matched([(False, True, False, True)] * 60).verdict == "unclear"  # both rose alike
    assert matched([]).verdict == "too_few"
