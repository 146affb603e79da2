"""`/healthz` (the process answers) and `/readyz` (everything it needs answers), for monitors and load balancers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intranet.runtime.surfaces import surface
from intranet.runtime.worker import STALLED_AFTER


@surface("open to all: says only that the process is alive")
@never_cache
@require_safe
@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """Answers as long as the process does."""
    return JsonResponse({"status": "ok"})


@surface("open to all: says only which parts are ready")
@never_cache
@require_safe
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """`{"status": "ok"|"unavailable", "checks": {name: "ok" or what is wrong}}`, with 200 or 503."""
    results = {name: _outcome(check) for name, check in CHECKS.items()}
    sound = all(outcome == "ok" for outcome in results.values())
    return JsonResponse(
        {"status": "ok" if sound else "unavailable", "checks": results}, status=200 if sound else 503
    )


def _outcome(check: Callable[[], str]) -> str:
    try:
        return check()
    except Error:
        return "the database does not answer"
    except Exception as trouble:  # a cache on another machine fails in ways of its own client
        return f"{type(trouble).__name__}: it does not answer"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _worker() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        silence: timedelta | None = cursor.fetchone()[0]
    return "ok" if silence is not None and silence < STALLED_AFTER else "no worker is running"


def _cache() -> str:
    cache.set("readyz", True, timeout=10)
    return "ok" if cache.get("readyz") else "the cache forgets"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if not waiting else f"{len(waiting)} migrations are not applied"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "worker": _worker,
    "cache": _cache,
    "migrations": _migrations,
}
