"""A cast that wrote something, and an index that knows it."""

import pytest

from intranet.activity import readers
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def indexed():
    """Call it after writing: the index then knows all of it."""

    def index() -> None:
        readers.catch_up(readers.reader_named("search"))

    return index
