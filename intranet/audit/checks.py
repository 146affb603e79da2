"""Whether the audit trail stands behind a wall: its tables belong to another role than the site's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connection

STANDING = """
    SELECT rolsuper, (SELECT tableowner FROM pg_tables WHERE tablename = 'intranet_auditentry' LIMIT 1), current_user
      FROM pg_roles WHERE rolname = current_user
"""


@register(Tags.database, deploy=True)
def audit_is_walled(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Warn where the site's database role could change the trail (only asked with `--database default`)."""
    if not databases:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(STANDING)
            is_super, owner, me = cursor.fetchone()
    except DatabaseError:
        return []  # `kesher.E007` says that the database does not answer
    if is_super:
        why = f"The site's database role {me} is a superuser: triggers alone keep it from changing the audit trail."
        return [Warning(why, hint="See docs/mechanisms/audit.md, “The wall”.", id="kesher.W010")]
    if owner == me:
        why = f"The audit trail belongs to the site's own database role {me}: triggers alone keep it."
        return [
            Warning(why, hint="Create the role kesher_audit and run manage.py wall_audit.", id="kesher.W011")
        ]
    return []
