"""Django's database settings from an address such as `postgresql://user:secret@host:5432/name?sslmode=require`."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

KEPT_SECONDS = 600

PREPARED_AT_ONCE = 0
"""Runs of a statement before it is prepared. Only the queries of `runtime.prepared` bind on the server and can be."""

CONNECTIONS = ("kept", "single")
"""How long a connection lives. `kept`: one a thread, for ten minutes, with the plans of its prepared queries; for servers.
`single`: closed after each request; for tests and commands."""


def from_url(url: str, connections: str = "single") -> dict[str, Any]:
    """Read a `DATABASE_URL`. A socket folder is given as `?host=/folder`; other parameters go to libpq as they are.

    `prepare=no` is ours: nothing is prepared, for poolers that give every transaction another connection.

    Raises `ImproperlyConfigured` when it is not the address of a PostgreSQL database.
    """
    if connections not in CONNECTIONS:
        raise ImproperlyConfigured(f"KESHER_CONNECTIONS must be one of {', '.join(CONNECTIONS)}.")
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:secret@host:5432/name.")
    parameters = dict(parse_qsl(parts.query))
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": parameters.pop("user", unquote(parts.username or "")),
        "PASSWORD": parameters.pop("password", unquote(parts.password or "")),
        "HOST": parameters.pop("host", unquote(parts.hostname or "")),
        "PORT": parameters.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": KEPT_SECONDS if connections == "kept" else 0,
        "CONN_HEALTH_CHECKS": connections == "kept",
    }
    prepares = parameters.pop("prepare", "yes") != "no"
    return settings | {"OPTIONS": {"prepare_threshold": PREPARED_AT_ONCE if prepares else None, **parameters}}
