"""What monitors are told."""

import pytest
from django.db import connection
from django.test import Client


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_a_site_without_a_worker_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unavailable",
        "checks": {"database": "ok", "worker": "no worker is running", "cache": "ok", "migrations": "ok"},
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("silence", "status"), [("1 second", 200), ("2 minutes", 503)])
def test_a_worker_counts_while_its_heart_beats(client: Client, silence: str, status: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", [silence]
        )
    assert client.get("/readyz").status_code == status


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_named(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'procrastinate' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'procrastinate')"
        )
    assert client.get("/readyz").json()["checks"]["migrations"] == "1 migrations are not applied"
