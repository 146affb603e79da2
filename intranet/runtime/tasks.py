"""Django's background tasks, kept in PostgreSQL and run by procrastinate's worker.

A task is enqueued in the caller's transaction: rolled back together, seen by the worker only after the commit. It runs
at least once, so every task is written to be safe when run twice. Arguments are ids and short words, never objects.
"""

from __future__ import annotations

import json
from typing import Any

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.backends.base import BaseTaskBackend
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import Blueprint, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job, Status

RUN = "kesher:run"
RETRY_STALLED = "kesher:retry_stalled"
WORD_MAX = 200
"""Longest text an argument may have: a slug, a public id, a path. What a person wrote stays in its table."""

blueprint = Blueprint()
"""What a worker can do. Every Django task is a `run` with the path of the task."""


@blueprint.task(name=RUN, retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def run(path: str, args: list[Any], kwargs: dict[str, Any], timestamp: int | None = None) -> None:
    """Run the task at `path`. `timestamp` is what the clock adds to tasks that it enqueues."""
    import_string(path).func(*args, **kwargs)


@blueprint.task(name=RETRY_STALLED, pass_context=True, queueing_lock=RETRY_STALLED)
async def retry_stalled(context: JobContext, timestamp: int | None = None) -> None:
    """Give the jobs of a worker that was killed back to the queue."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


class ProcrastinateBackend(BaseTaskBackend):
    """The backend behind `TASKS` (`django.tasks`)."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task, args: list[Any], kwargs: dict[str, Any]) -> TaskResult:
        """Put a task in the queue, as part of the transaction that is open. Raises `TypeError` on bad arguments."""
        return self._result(task, args, kwargs, _defer(task, args, kwargs))

    def _result(self, task: Task, args: list[Any], kwargs: dict[str, Any], job: int) -> TaskResult:
        return TaskResult(
            task=task,
            id=str(job),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def enqueue_once(task: Task, *args: Any, **kwargs: Any) -> bool:
    """Enqueue a task unless the same one with the same arguments waits already; say whether it was added.

    A job that has begun no longer counts as waiting: what changed after it began is looked at again.
    """
    lock = json.dumps([task.module_path, args, kwargs], sort_keys=True)
    try:
        with transaction.atomic():  # a savepoint: the refusal must not spoil the caller's transaction
            _defer(task, list(args), kwargs, queueing_lock=lock)
    except AlreadyEnqueued:
        return False
    return True


def _defer(task: Task, args: list[Any], kwargs: dict[str, Any], **options: Any) -> int:
    for value in (*args, *kwargs.values()):
        if not (
            value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= WORD_MAX)
        ):
            raise TypeError(f"{task.module_path} takes ids and short words, not {type(value).__name__}.")
    if task.run_after:
        options["schedule_at"] = task.run_after
    configured = app.configure_task(RUN, queue=task.queue_name, priority=task.priority, **options)
    return configured.defer(path=task.module_path, args=args, kwargs=kwargs)


def drain() -> int:
    """Run every job that is due, here and now, in this thread, connection and transaction; say how many.

    For tests and scripts: what a worker would do a moment later. The error of a failing task is raised.
    """
    done = 0
    while job := _next_job():
        # Django's connections leave JSON unread.
        blueprint.tasks[job.task_name].func(**json.loads(str(job.task_kwargs)))
        async_to_sync(app.job_manager.finish_job)(job, Status.SUCCEEDED, delete_job=True)
        done += 1
    return done


def _next_job() -> Job | None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
    job = async_to_sync(app.job_manager.fetch_job)(None, worker)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers WHERE id = %s", [worker])
    return job
