"""Whatever the owner of the database does to the trail, `verify_audit` fails and says where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from intranet.audit import chain, heads, verifying
from intranet.audit.models import AuditBatch, AuditEntry

TABLES = ("intranet_auditentry", "intranet_auditbatch")


@contextmanager
def superuser() -> Iterator:
    """A cursor past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def found() -> list[tuple[int, int | None, str]]:
    return [(flaw.batch, flaw.entry, flaw.what) for flaw in verifying.flaws()]


@pytest.fixture
def batch(sealed) -> int:
    """The number of the batch that holds the first two of the sealed entries."""
    return AuditBatch.objects.get(ids__contains=[sealed[0]]).number


def test_an_untouched_trail_is_whole(sealed, capsys):
    heads.export()
    call_command("verify_audit")
    assert "Whole" in capsys.readouterr().out
    assert found() == []


def test_an_edited_row_is_named(sealed, batch):
    with superuser() as cursor:
        cursor.execute("UPDATE intranet_auditentry SET about = 1 WHERE id = %s", [sealed[1]])
    assert found() == [(batch, sealed[1], "the entry was changed")]
    with pytest.raises(
        CommandError, match=rf"First at batch {batch}, entry {sealed[1]}: the entry was changed"
    ):
        call_command("verify_audit")


@pytest.mark.parametrize(
    "column", ["at = at + interval '1 second'", "written = now()", "facts = '{}'", "deed = 'erased'"]
)
def test_no_column_can_be_changed(sealed, batch, column):
    with superuser() as cursor:
        cursor.execute(f"UPDATE intranet_auditentry SET {column} WHERE id = %s", [sealed[0]])
    assert found() == [(batch, sealed[0], "the entry was changed")]


def test_a_deleted_row_is_named(sealed, batch):
    with superuser() as cursor:
        cursor.execute("DELETE FROM intranet_auditentry WHERE id = %s", [sealed[0]])
    assert found() == [(batch, sealed[0], "the entry was deleted")]


def test_an_inserted_row_is_named(sealed, batch):
    with superuser() as cursor:
        cursor.execute("UPDATE intranet_auditentry SET id = id + 1000 WHERE id = %s", [sealed[2]])
        cursor.execute(
            "INSERT INTO intranet_auditentry (id, at, deed, facts, written) VALUES (%s, now(), 'erased', '{}', now())",
            [sealed[2]],
        )
    assert found() == [(batch + 1, sealed[2], "the entry was changed")]


def test_a_row_in_a_gap_of_the_ids_is_named(sealed, batch):
    gap = sealed[1] - 1
    assert not AuditEntry.objects.filter(pk=gap).exists()
    with superuser() as cursor:
        cursor.execute(
            "INSERT INTO intranet_auditentry (id, at, deed, facts, written) VALUES (%s, now(), 'erased', '{}', now())",
            [gap],
        )
    assert found() == [(batch, gap, "the entry was put in after the batch was sealed")]


def test_swapped_rows_are_named(sealed, batch):
    first, second = sealed[:2]
    with superuser() as cursor:
        cursor.execute("UPDATE intranet_auditentry SET id = -1 WHERE id = %s", [first])
        cursor.execute("UPDATE intranet_auditentry SET id = %s WHERE id = %s", [first, second])
        cursor.execute("UPDATE intranet_auditentry SET id = %s WHERE id = -1", [second])
    assert found() == [(batch, pk, "the entry was changed") for pk in (first, second)]


def test_a_truncated_tail_is_found_by_the_exported_head(sealed, batch):
    heads.export()
    with superuser() as cursor:
        cursor.execute("DELETE FROM intranet_auditbatch WHERE number = %s", [batch + 1])
        cursor.execute("DELETE FROM intranet_auditentry WHERE id = %s", [sealed[2]])
    assert [(flaw.batch, flaw.entry) for flaw in verifying.flaws()] == [(batch + 1, sealed[2])]
    with pytest.raises(CommandError):
        call_command("verify_audit")


def test_an_edit_with_a_new_leaf_breaks_the_batch(sealed, batch):
    with superuser() as cursor:
        cursor.execute("UPDATE intranet_auditentry SET about = 1 WHERE id = %s", [sealed[0]])
        leaf = chain.leaf(AuditEntry.objects.get(pk=sealed[0]))
        row = AuditBatch.objects.get(number=batch)
        leaves = [leaf if pk == sealed[0] else old for pk, old in zip(row.ids, row.leaves, strict=True)]
        cursor.execute("UPDATE intranet_auditbatch SET leaves = %s WHERE number = %s", [leaves, batch])
    assert found() == [(batch, None, "the batch itself was changed")]


def test_a_chain_rewritten_from_there_is_found_by_the_exported_head(sealed, batch):
    heads.export()
    with superuser() as cursor:
        cursor.execute("DELETE FROM intranet_auditbatch WHERE number >= %s", [batch])
        cursor.execute("UPDATE intranet_auditentry SET about = 1 WHERE id = %s", [sealed[0]])
    chain.seal()
    chain.seal()
    flaws = list(verifying.flaws())
    assert flaws and all(flaw.batch == batch + 1 for flaw in flaws)


def test_a_missing_batch_is_named(sealed, batch):
    with superuser() as cursor:
        cursor.execute("DELETE FROM intranet_auditbatch WHERE number = %s", [batch])
    assert found()[0] == (batch, None, "the batch is missing")


def test_a_damaged_file_of_heads_is_told(sealed, audit_root):
    heads.export()
    heads.file().write_text("what?\n")
    with pytest.raises(CommandError, match="Line 1"):
        call_command("verify_audit")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("raw", ["UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_site_itself_can_only_add(sealed, table, raw):
    column = "about" if table.endswith("entry") else "number"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(raw.format(table, column))


def test_a_role_without_power_may_add_and_read_and_nothing_else(sealed):
    """What the site's own role is on a server where it is no superuser."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)])
        assert cursor.fetchall() == [("kesher_audit",)] * 2
        cursor.execute("CREATE ROLE kesher_site_of_test NOLOGIN")
        for table in TABLES:
            cursor.execute(f"GRANT SELECT, INSERT ON {table} TO kesher_site_of_test")
        cursor.execute("SET LOCAL ROLE kesher_site_of_test")
        cursor.execute(
            "INSERT INTO intranet_auditentry (at, deed, facts, written) VALUES (now(), 'exported', '{}', now())"
        )
        for raw in (
            "UPDATE intranet_auditentry SET about = 1",
            "DELETE FROM intranet_auditentry",
            "TRUNCATE intranet_auditbatch",
            "ALTER TABLE intranet_auditentry DISABLE TRIGGER USER",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
                cursor.execute(raw)
        cursor.execute("RESET ROLE")
