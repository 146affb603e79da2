"""The process that runs background tasks and the clock that enqueues periodic ones."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django.db_cleanup import DjangoApp
from procrastinate.contrib.django.django_connector import DjangoConnector

from intranet.runtime.tasks import RETRY_STALLED, RUN, blueprint

HEARTBEAT = timedelta(seconds=10)
STALLED_AFTER = timedelta(seconds=30)
"""Without a heartbeat for this long a worker is taken for dead, and its jobs are run again."""

CONCURRENCY = 2
"""Tasks at once in one worker: one long one must not keep notifications waiting."""

GRACE = timedelta(seconds=8)
"""How long running tasks may take to end when the worker is told to stop; later they are run again."""


def work(*, wait: bool) -> None:
    """Run tasks until told to stop (SIGTERM, Ctrl-C), or, without `wait`, until none is due."""
    _app().run_worker(
        wait=wait,
        concurrency=CONCURRENCY,
        update_heartbeat_interval=HEARTBEAT.total_seconds(),
        stalled_worker_timeout=STALLED_AFTER.total_seconds(),
        shutdown_graceful_timeout=GRACE.total_seconds(),
        delete_jobs="successful",
    )


def _app() -> DjangoApp:
    """A worker's own app: it talks over its own asynchronous connection.

    Tasks that enqueue tasks go through the site's app, and so through Django's connection and its transaction.
    """
    app = DjangoApp(connector=DjangoConnector().get_worker_connector())
    app.add_tasks_from(blueprint, namespace="")
    app.periodic(cron="* * * * *", periodic_id=RETRY_STALLED)(app.tasks[RETRY_STALLED])
    for path, cron in settings.PERIODIC_TASKS.items():
        app.periodic(
            cron=cron,
            periodic_id=path,
            queueing_lock=path,
            task_kwargs={"path": path, "args": [], "kwargs": {}},
        )(app.tasks[RUN])
    return app
