"""Production starts only when it is safe to."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from intranet.runtime.checks import database_is_durable, refuse_unsafe
from intranet.runtime.postgres import running

SAFE = {
    "DJANGO_SETTINGS_MODULE": "intranet.settings.production",
    "SECRET_KEY": "p5Zk2v9QxW7sT1uY8rE4oL6mN3bC0aHdJfGiKqVtXyZwPnMs-and-more",
    "ALLOWED_HOSTS": "intranet.example.org",
}
Python = Callable[..., "CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"KESHER_RATE_LIMITS": "off"}, "KESHER_RATE_LIMITS=off is for load tests"),
        (
            {"REDIS_URL": "redis://127.0.0.1:6379/0"},
            "REDIS_URL is set and the package redis is not installed",
        ),
    ],
)
def test_unsafe_settings_are_refused(python: Python, change: dict[str, str], sentence: str) -> None:
    started = python("-c", "import intranet.settings.production", **(SAFE | change))
    assert started.returncode != 0
    assert (
        started.stderr.strip()
        .splitlines()[-1]
        .startswith(f"django.core.exceptions.ImproperlyConfigured: {sentence}")
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
    ],
)
def test_the_server_refuses_what_the_checks_find(
    python: Python, folder: Path, change: dict[str, str], sentence: str
) -> None:
    with running(folder):
        started = python("-c", "import intranet.asgi", **(SAFE | change))
    assert "ImproperlyConfigured: This site is not safe to start: " in started.stderr
    assert sentence in started.stderr


def test_a_safe_site_passes_the_deployment_checks_and_starts(python: Python, folder: Path) -> None:
    with running(folder):
        assert "intranet.asgi" not in python("-c", "import intranet.asgi", **SAFE).stderr
        checked = python("manage.py", "check", "--deploy", "--fail-level=ERROR", "--database=default", **SAFE)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECURE_CSP", {}, "kesher.E002"),
        ("SECURE_CSP", {"script-src": ["'self'", "'unsafe-inline'"]}, "kesher.E002"),
        ("KESHER_RATE_LIMITS", False, "kesher.E003"),
        ("DEBUG", True, "kesher.E004"),
        ("ALLOWED_HOSTS", ["*"], "kesher.E005"),
        ("SECRET_KEY", "aaaa", "kesher.E006"),
        ("MIDDLEWARE", [], "kesher.E001"),
    ],
)
def test_each_unsafe_setting_has_a_check(settings: object, name: str, value: object, code: str) -> None:
    setattr(settings, name, value)
    with pytest.raises(SystemCheckError, match=code):
        call_command("check", deploy=True)


@pytest.mark.django_db
def test_a_database_that_forgets_after_a_power_cut_is_refused() -> None:
    """The throwaway server of the tests is one."""
    assert [error.id for error in database_is_durable(databases=["default"])] == ["kesher.E008"]
    with pytest.raises(ImproperlyConfigured, match="synchronous_commit or fsync off"):
        refuse_unsafe()
