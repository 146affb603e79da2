"""Similar threads where some words stand in nearly every text."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.search import narrowing
from intranet.search.similar import similar
from tests.factories import threads as make
from tests.factories.cast import Cast

TITLE = "Why does the gearbox drift in the valve test?"


@pytest.fixture
def busy(cast: Cast, indexed, settings) -> Cast:
    """Many threads about a gearbox that drifts, one of them also about a valve; its word for the test is in an answer."""
    settings.KESHER_RATE_LIMITS = False
    for number in range(12):
        make.question(cast.noa, cast.open, title=f"Gearbox number {number}", source="It will drift.")
    asked = make.question(cast.noa, cast.open, title="A valve sticks", source="The gearbox will drift.")
    make.answer(cast.alex, asked, "Look at the test first.")
    make.question(
        cast.noa, cast.secret, title="The valve of the gearbox", source="It will drift in the test."
    )
    indexed()
    return cast


def _analysed(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE intranet_searchentry")
    caches["fragments"].clear()
    monkeypatch.setattr(narrowing, "MOST", most)


def test_the_rare_word_leads_and_the_common_ones_still_count(busy: Cast, monkeypatch) -> None:
    asked = [entry.post.title for entry in similar(busy.hiba, TITLE)]
    _analysed(monkeypatch, most=3)
    with CaptureQueriesContext(connection) as caught:
        found = similar(busy.hiba, TITLE)
    assert found[0].post.title == asked[0] == "A valve sticks"
    assert "pg_stats" in caught.captured_queries[0]["sql"]
    assert len(caught.captured_queries) == 4


def test_words_that_stand_everywhere_find_nothing(busy: Cast, monkeypatch) -> None:
    assert len(similar(busy.hiba, "gearbox drift")) == 5
    _analysed(monkeypatch, most=3)
    assert similar(busy.hiba, "gearbox drift") == []
