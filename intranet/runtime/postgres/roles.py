"""Who may do what in the embedded server: the site signs in as a role without special rights, and the trail is not its own.

The server's own superuser (`ADMIN`) owns the database and is used by the launcher alone, to keep this in order. `SITE` owns
what is in the database. What belongs to `TRAIL`, as which nobody signs in, `SITE` may read and add to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

ADMIN, SITE, TRAIL = "kesher", "kesher_site", "kesher_audit"

ROLES = {SITE: "LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB", TRAIL: "NOLOGIN NOSUPERUSER"}

ADOPT = """
DO $$
DECLARE
    thing text;
BEGIN
    -- What an earlier version made as the superuser becomes the site's; members of extensions and parts of tables stay.
    FOR thing IN
        SELECT format('TABLE %s', c.oid::regclass) FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relowner = 10 AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND (d.deptype = 'e' OR (c.relkind = 'S' AND d.deptype IN ('a', 'i'))))
        UNION ALL
        SELECT format('ROUTINE %s', p.oid::regprocedure) FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = 10
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                              AND d.deptype = 'e')
        UNION ALL
        SELECT format('TYPE %s', t.oid::regtype) FROM pg_type t
         WHERE t.typnamespace = 'public'::regnamespace AND t.typowner = 10 AND t.typtype IN ('e', 'd', 'r')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                              AND d.deptype = 'e')
    LOOP
        EXECUTE format('ALTER %s OWNER TO kesher_site', thing);
    END LOOP;
    -- A backup that is put back drops extensions and makes them anew, which only their owner may.
    UPDATE pg_extension SET extowner = 'kesher_site'::regrole WHERE extowner = 10 AND extname <> 'plpgsql';
    FOR thing IN
        SELECT format(CASE c.relkind WHEN 'S' THEN 'SELECT ON SEQUENCE %s' ELSE 'SELECT, INSERT ON TABLE %s' END,
                      c.oid::regclass)
          FROM pg_class c WHERE c.relowner = 'kesher_audit'::regrole AND c.relkind IN ('r', 'S')
    LOOP
        EXECUTE format('GRANT %s TO kesher_site', thing);
    END LOOP;
END $$
"""

OWNED = (
    "ALTER DATABASE {database} OWNER TO {admin}",
    "GRANT ALL ON DATABASE {database} TO {site}",
    "ALTER SCHEMA public OWNER TO {site}",
)

GUARD, GUARD_SCHEMA = "kesher_trail_stays", "kesher_wall"

STAYS = f"""
CREATE SCHEMA IF NOT EXISTS {GUARD_SCHEMA};
CREATE OR REPLACE FUNCTION {GUARD_SCHEMA}.trail_stays() RETURNS event_trigger LANGUAGE plpgsql
    SET search_path = pg_catalog AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'kesher_audit', 'MEMBER') AND EXISTS (
        SELECT FROM pg_event_trigger_dropped_objects()
         WHERE address_names && ARRAY['intranet_auditentry', 'intranet_auditbatch',
                                      'kesher_audit_entry_stamp', 'kesher_audit_is_append_only']) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the audit trail stays';
    END IF;
END $$;
CREATE EVENT TRIGGER {GUARD} ON sql_drop EXECUTE FUNCTION {GUARD_SCHEMA}.trail_stays();
"""
"""Whoever owns a schema may drop what is in it, also what belongs to others. Not this."""

WALL = "to_regprocedure('kesher_wall_audit()')"
"""The function by which the site gives its trail away, once migrations have made it."""


def settle(admin: str, database: str, site: str) -> None:
    """Bring roles and owners of `database` in order; safe to repeat, also while the site runs.

    `admin` and `site` are the addresses of the database for the superuser and for the site.
    """
    with psycopg.connect(admin, autocommit=True) as connection:
        _make_roles(connection)
        _own(connection, database)
        connection.execute(ADOPT)
        if _needs_a_wall(connection):
            _raise_wall(connection, site)
        if not connection.execute("SELECT 1 FROM pg_event_trigger WHERE evtname = %s", [GUARD]).fetchone():
            connection.execute(STAYS)


def _make_roles(connection: psycopg.Connection) -> None:
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for name, rights in ROLES.items():
        if name not in known:
            connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL(rights)))
    # Readers of the log ask which transactions still run, whoever began them.
    connection.execute(sql.SQL("GRANT pg_read_all_stats TO {}").format(sql.Identifier(SITE)))


def _own(connection: psycopg.Connection, database: str) -> None:
    """Let the site do what it likes within its database, and not drop the database with the trail in it."""
    owners = connection.execute(
        "SELECT pg_get_userbyid(datdba), (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'public')"
        " FROM pg_database WHERE datname = %s",
        [database],
    ).fetchone()
    if owners == (ADMIN, SITE):
        return
    named = {
        "database": sql.Identifier(database),
        "site": sql.Identifier(SITE),
        "admin": sql.Identifier(ADMIN),
    }
    for statement in OWNED:
        connection.execute(sql.SQL(statement).format(**named))


def _needs_a_wall(connection: psycopg.Connection) -> bool:
    """Whether the site has tables of the trail that are still its own."""
    row = connection.execute(
        f"SELECT {WALL} IS NOT NULL AND EXISTS (SELECT FROM pg_tables WHERE tableowner = %s"
        " AND tablename LIKE 'intranet_audit%%')",
        [SITE],
    ).fetchone()
    return row == (True,)


def _raise_wall(connection: psycopg.Connection, site: str) -> None:
    """Let the site give its trail away."""
    with _lent(connection), psycopg.connect(site, autocommit=True) as own:
        own.execute("SELECT kesher_wall_audit()")


@contextmanager
def _lent(connection: psycopg.Connection) -> Iterator[None]:
    """Lend the trail's role to the site for as long as the block runs."""
    roles = sql.Identifier(TRAIL), sql.Identifier(SITE)
    connection.execute(sql.SQL("GRANT {} TO {} WITH ADMIN OPTION").format(*roles))
    try:
        yield
    finally:
        connection.execute(sql.SQL("REVOKE {} FROM {} CASCADE").format(*roles))


@contextmanager
def trail_lent(*, user: str, host: str, database: str) -> Iterator[None]:
    """Let the site own its trail while a backup is put back, where `user` is the site of an embedded server."""
    if user != SITE:
        yield
        return
    with psycopg.connect(host=host, dbname=database, user=ADMIN, autocommit=True) as admin, _lent(admin):
        yield
