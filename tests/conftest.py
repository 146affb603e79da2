"""Fixtures every test may use."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from weakref import WeakSet

import psycopg
import pytest
from django.core.cache import caches
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase
from django.utils import translation
from psycopg import sql

from intranet.ui import kept
from tests import database
from tests.factories.cast import Cast, make_cast


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the throwaway server just before pytest-django makes this worker's database on it."""
    database.serve()


_opened: WeakSet[BaseDatabaseWrapper] = WeakSet()
"""Every connection of this process: each thread, and each event loop that counts as running, has one of its own."""


def _remember(connection: BaseDatabaseWrapper, **_: object) -> None:
    _opened.add(connection)


connection_created.connect(_remember)


def _close_all() -> None:
    """Close the connections of all threads, so that none finds its database gone in a later test."""
    for connection in list(_opened):
        connection.inc_thread_sharing()
        connection.close()
        connection.dec_thread_sharing()


def _fresh_copy(self: TransactionTestCase) -> None:
    """After a test with real transactions, clone the template again.

    Django would truncate all tables, and take with them what migrations wrote (the first page, the languages), and
    fail on tables that refuse to forget.
    """
    for alias in self._databases_names(include_mirrors=False):
        connection = connections[alias]
        settings = connection.settings_dict
        _close_all()
        name, template = (sql.Identifier(text) for text in (settings["NAME"], settings["TEST"]["TEMPLATE"]))
        parameters = connection.get_connection_params() | {"dbname": "postgres", "autocommit": True}
        for unknown in ("cursor_factory", "context"):
            parameters.pop(unknown, None)
        with psycopg.connect(**parameters) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(name, template)
            )


if database.TEMPLATE in database.os.environ:
    TransactionTestCase._fixture_teardown = _fresh_copy


@pytest.fixture(autouse=True)
def _no_fragments_of_other_tests() -> None:
    """Ids are used again after a roll-back, so what is cached by id must go with the test."""
    caches["fragments"].clear()
    kept.forget()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A test starts in English, whatever language the last page of the test before it was in."""
    with translation.override("en"):
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Hide Playwright's event loop from tests without a browser.

    Once a browser was used, its loop counts as running in this thread until the end, although it only waits; asyncio
    would refuse to run the loop of any other test.
    """
    waiting = asyncio.events._get_running_loop()
    if waiting is None or "playwright" in getattr(item, "fixturenames", ()):
        return (yield)
    asyncio.events._set_running_loop(None)
    try:
        return (yield)
    finally:
        if waiting.is_running():
            asyncio.events._set_running_loop(waiting)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and spaces of most tests."""
    return make_cast()


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a browser without scripts in which `person` is signed in."""

    def make(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make
