"""Background tasks: kept or lost with the transaction that asked for them, run at least once."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext

from intranet.runtime.tasks import drain, enqueue_once, retry_stalled
from tests.runtime.jobs import count, fail, runs


def waiting() -> int:
    return ProcrastinateJob.objects.filter(status="todo").count()


@pytest.mark.django_db
def test_a_drained_task_has_run_once() -> None:
    count.enqueue("once")
    assert drain() == 1
    assert drain() == 0
    assert runs("once") == 1


@pytest.mark.django_db
def test_a_rolled_back_transaction_leaves_no_job() -> None:
    with transaction.atomic():
        count.enqueue("never")
        assert waiting() == 1
        transaction.set_rollback(True)
    assert waiting() == 0


@pytest.mark.django_db
def test_the_same_task_waits_only_once_and_the_callers_transaction_survives_that() -> None:
    with transaction.atomic():
        assert [enqueue_once(count, "same"), enqueue_once(count, "same"), enqueue_once(count, "other")] == [
            True,
            False,
            True,
        ]
    assert drain() == 2
    assert enqueue_once(count, "same")


@pytest.mark.django_db
def test_a_task_for_later_waits_for_its_time() -> None:
    count.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")
    assert drain() == 0
    assert waiting() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("argument", ["x" * 201, {"id": 1}, [1], b"x", 1.5])
def test_only_ids_and_short_words_are_taken(argument: object) -> None:
    with pytest.raises(TypeError, match="takes ids and short words"):
        count.enqueue(argument)
    assert waiting() == 0


@pytest.mark.django_db
def test_draining_shows_the_error_of_a_task() -> None:
    fail.enqueue("broken on purpose")
    with pytest.raises(RuntimeError, match="broken on purpose"):
        drain()


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_due_and_keeps_what_failed_for_another_try() -> None:
    count.enqueue("by-the-worker")
    fail.enqueue("again later")
    call_command("worker", once=True)
    assert runs("by-the-worker") == 1
    left = ProcrastinateJob.objects.get()
    assert (left.args["path"], left.status, left.attempts) == ("tests.runtime.jobs.fail", "todo", 1)


@pytest.mark.django_db(transaction=True)
def test_the_jobs_of_a_killed_worker_are_run_by_the_next() -> None:
    count.enqueue("orphan")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [dead])
    assert drain() == 0
    job = async_to_sync(app.job_manager.get_stalled_jobs)()
    context = JobContext(app=app, job=next(iter(job)), start_timestamp=0, abort_reason=lambda: None)
    async_to_sync(retry_stalled.func)(context)
    assert drain() == 1
    assert runs("orphan") == 1
