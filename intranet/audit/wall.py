"""The role that owns the audit trail. The site may read and add; nobody but that role may change."""

from __future__ import annotations

from django.db import connection


def raise_wall() -> bool:
    """Give the trail to the role `kesher_audit` where the database lets us; whether it belongs to it now.

    Safe to repeat. It is needed after a backup was put back, which makes every table the restorer's, and after an
    administrator of the database has created the role.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kesher_wall_audit()")
        return bool(cursor.fetchone()[0])
