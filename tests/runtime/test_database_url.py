"""Reading an address of a database."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from intranet.runtime import database


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ann:p%40ss@db:5433/site", ("site", "ann", "p@ss", "db", "5433", {})),
        ("postgres:///site?host=%2Frun%2Fpg&user=ann", ("site", "ann", "", "/run/pg", "", {})),
        ("postgresql://db/site?sslmode=require", ("site", "", "", "db", "", {"sslmode": "require"})),
    ],
)
def test_an_address_becomes_settings(url: str, expected: tuple[object, ...]) -> None:
    settings = database.from_url(url)
    kept = [settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")]
    assert kept == [*expected[:-1], {"prepare_threshold": 0} | expected[-1]]


def test_a_pooler_can_ask_for_nothing_to_be_prepared() -> None:
    assert database.from_url("postgresql://db/site?prepare=no")["OPTIONS"] == {"prepare_threshold": None}


@pytest.mark.parametrize("url", ["mysql://db/site", "postgresql://db", "site", ""])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://user"):
        database.from_url(url)


def test_connections_are_kept_or_closed() -> None:
    url = "postgresql://db/site"
    assert [database.from_url(url, kind)["CONN_MAX_AGE"] for kind in ("kept", "single")] == [600, 0]
