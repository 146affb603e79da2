"""The embedded server: shared by those who use it, and there again whatever was done to it."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from intranet.runtime.postgres import PostgresError, address, place, running
from intranet.runtime.postgres.account import server_account
from intranet.runtime.postgres.cluster import socket_folder
from intranet.runtime.postgres.processes import alive


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def test_the_last_user_of_a_server_stops_it_and_what_was_written_stays(folder: Path) -> None:
    with running(folder) as first:
        with running(folder) as second:
            assert second.data == first.data
            ask(address(folder), "CREATE TABLE kept AS SELECT 'שלום' AS word")
        assert first.is_up()
    assert not first.is_up()
    with running(folder):
        assert ask(address(folder), "SELECT word FROM kept") == "שלום"


def test_a_killed_server_starts_again_with_every_committed_row(folder: Path) -> None:
    with running(folder) as cluster:
        ask(cluster.url(), "CREATE TABLE kept AS SELECT 7 AS number")
        os.kill(postmaster(cluster.data), signal.SIGKILL)
        while alive(cluster.data):  # a signal takes a moment to arrive
            time.sleep(0.01)
        cluster.start()
        assert ask(cluster.url(), "SELECT number FROM kept") == 7


def test_a_pid_file_that_names_somebody_elses_process_does_not_block_the_start(folder: Path) -> None:
    with running(folder) as cluster:
        pass
    (cluster.data / "postmaster.pid").write_text(
        f"{os.getpid()}\n{cluster.data}\n0\n5432\n\n\n  0 0\nready\n"
    )
    assert not cluster.is_up()
    with running(folder) as again:
        assert ask(again.url(), "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder: Path) -> None:
    deep = folder / ("a-rather-long-name-" * 4) / ("and-another-one-" * 2)
    deep.mkdir(parents=True)
    with running(deep) as cluster:
        assert socket_folder(cluster.data) != cluster.data
        assert ask(address(deep), "SELECT 1") == 1


def test_hebrew_has_letters_case_and_trigrams(folder: Path) -> None:
    with running(folder) as cluster:
        ask(cluster.url(), "CREATE EXTENSION pg_trgm")
        assert ask(cluster.url(), "SELECT similarity('מנוע', 'מנועים') > 0.3")
        assert ask(cluster.url(), "SELECT lower('ŁÓDŹ ÉCOLE')") == "łódź école"
        assert ask(cluster.url(), "SHOW jit") == "off"
        assert ask(cluster.url(), "SHOW synchronous_commit") == "on"
        assert ask(cluster.url(), "SHOW listen_addresses") == ""


def test_a_folder_nobody_else_may_enter_still_gets_a_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(place, "ELSEWHERE", elsewhere)
    private = folder / "private"
    private.mkdir(mode=0o700)
    with running(private / "var") as cluster:
        assert ask(address(private / "var"), "SELECT 1") == 1
        assert cluster.data.is_relative_to(elsewhere if server_account().other else private)
    with running(private / "var") as again:
        assert again.data == cluster.data


def test_data_of_another_version_is_refused_in_one_sentence(folder: Path) -> None:
    with running(folder) as cluster:
        pass
    (cluster.data / "PG_VERSION").write_text("12\n")
    with (
        pytest.raises(
            PostgresError, match=r"is of PostgreSQL 12, the programs in .* are \d+: set KESHER_PG_BIN"
        ),
        running(folder),
    ):
        pass


def test_a_data_folder_that_is_a_file_is_refused_in_one_sentence(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(PostgresError, match="cannot be used for data"), running(folder / "file"):
        pass
