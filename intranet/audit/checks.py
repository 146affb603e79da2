"""Whether the audit trail stands behind a wall: the site's own database role can neither change it nor drop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connection

STANDING = """
    SELECT r.rolname, r.rolsuper, pg_get_userbyid(t.relowner), pg_get_userbyid(n.nspowner), pg_get_userbyid(d.datdba),
           EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'kesher_trail_stays' AND evtenabled <> 'D')
      FROM pg_roles r, pg_database d, pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE r.rolname = current_user AND d.datname = current_database() AND t.oid = 'intranet_auditentry'::regclass
"""
WALL = "See docs/mechanisms/audit.md, “The wall”."


@dataclass(frozen=True)
class Standing:
    """The site's role, whom the trail, its schema and its database belong to, and whether dropping it is guarded."""

    site: str
    superuser: bool
    trail: str
    schema: str
    database: str
    guarded: bool


def weaknesses(standing: Standing) -> list[CheckMessage]:
    """What lets the site's role get at the trail; the greatest alone, since it brings the lesser ones along."""
    site = standing.site
    if standing.superuser:
        why = f"The site's database role {site} is a superuser: triggers alone keep it from changing the audit trail."
        return [Warning(why, hint=WALL, id="kesher.W010")]
    if standing.trail == site:
        why = f"The audit trail belongs to the site's own database role {site}: triggers alone keep it."
        hint = "Create the role kesher_audit and run manage.py wall_audit."
        return [Warning(why, hint=hint, id="kesher.W011")]
    if standing.database == site or (standing.schema == site and not standing.guarded):
        what = "database" if standing.database == site else "schema"
        why = f"The {what} belongs to the site's own role {site}, which could drop the audit trail with it."
        return [Warning(why, hint=f"Give it to another role. {WALL}", id="kesher.W012")]
    return []


@register(Tags.database, deploy=True)
def audit_is_walled(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warn where the site's database role could change or drop the trail (only asked with `--database default`)."""
    if not databases:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(STANDING)
            return weaknesses(Standing(*cursor.fetchone()))
    except DatabaseError:
        return []  # `kesher.E007` says that the database does not answer
