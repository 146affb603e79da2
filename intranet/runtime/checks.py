"""The project's own part of `check --deploy`, and the refusal to serve with its errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils.csp import CSP
from django.utils.module_loading import import_string

MIDDLEWARE = {
    "intranet.runtime.csp.ContentSecurityPolicy": "pages carry no content security policy",
    "intranet.runtime.private.PrivateAnswers": "answers to signed-in people may be kept by caches",
    "django.contrib.auth.middleware.LoginRequiredMiddleware": "pages are open to people who did not sign in",
    "django.middleware.csrf.CsrfViewMiddleware": "forms can be sent from other sites",
}


@register(Tags.security, deploy=True)
def settings_are_safe(**_: Any) -> list[CheckMessage]:
    """What Django's own checks do not notice."""
    layers = [import_string(path) for path in settings.MIDDLEWARE]
    present = [layer for layer in layers if isinstance(layer, type)]
    problems: list[CheckMessage] = [
        Error(f"Without {path} {why}.", id="kesher.E001")
        for path, why in MIDDLEWARE.items()
        if not any(issubclass(layer, import_string(path)) for layer in present)
    ]
    scripts = settings.SECURE_CSP.get("script-src") or settings.SECURE_CSP.get("default-src") or []
    if not scripts or {CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL, "*"} & set(scripts):
        problems.append(
            Error("SECURE_CSP is missing or lets foreign or inline scripts run.", id="kesher.E002")
        )
    if not settings.KESHER_RATE_LIMITS:
        problems.append(Error("KESHER_RATE_LIMITS is off: it is for load tests.", id="kesher.E003"))
    if settings.DEBUG:
        problems.append(Error("DEBUG is on: errors would show the source to anybody.", id="kesher.E004"))
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        problems.append(Error("ALLOWED_HOSTS must name the hosts of this site.", id="kesher.E005"))
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 10:
        problems.append(Error("SECRET_KEY is too short or too regular to sign sessions.", id="kesher.E006"))
    return problems


@register(Tags.database, deploy=True)
def database_is_durable(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A saved post must survive a power cut (only asked with `--database default`, as Django does)."""
    if not databases:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            commit = cursor.fetchone()[0]
            cursor.execute("SHOW fsync")
            flush = cursor.fetchone()[0]
    except DatabaseError as error:
        return [Error(f"The database does not answer: {error}", id="kesher.E007")]
    if commit == "off" or flush == "off":
        return [
            Error(
                "PostgreSQL runs with synchronous_commit or fsync off: saved posts can be lost.",
                id="kesher.E008",
            )
        ]
    return []


def refuse_unsafe() -> None:
    """Raise `ImproperlyConfigured` when a deployment check finds an error. For servers, before the first request."""
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    found += database_is_durable(databases=["default"])
    errors = [message.msg for message in found if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("This site is not safe to start: " + " ".join(errors))
