"""Chromium is killed while somebody types: at most a second of typing is lost. `bench/killed_browser.py` does it 50 times."""

import random
from pathlib import Path

from bench.killed_browser import ALLOWED, one_round


def test_at_most_a_second_is_lost(visitor, site, cast, playwright, tmp_path: Path):
    visit = visitor(cast.alex)
    cookies = visit.context.cookies()
    chance = random.Random(7)
    losses = [
        one_round(
            playwright,
            tmp_path / str(number),
            f"{site}/c/open-talk/ask/",
            cookies,
            chance,
            local_only=number != 1,
        )
        for number in range(3)
    ]
    assert [loss for loss in losses if loss.seconds > ALLOWED] == []
    assert all(loss.back > 0 for loss in losses)
