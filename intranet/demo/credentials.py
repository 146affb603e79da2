"""The sign-in details of the demo: the same for everybody, printed once, and worth nothing where they are not allowed."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.management.base import CommandError

PASSWORD: Final = "kesher-demo"
SHOWN: Final = ("noa", "hiba", "tomer", "michal", "gilad", "ronit", "ofer", "tomasz")
"""Whom the demo offers for signing in: one person of each role, employees first."""


def refuse_outside_demo() -> None:
    """Raise `CommandError` where an invented world must not be loaded, such as production."""
    if not settings.DEMO_ALLOWED:
        raise CommandError(
            "Invented people, whose passwords are known, are not loaded under these settings. "
            "Use DJANGO_SETTINGS_MODULE=intranet.settings.dev."
        )
