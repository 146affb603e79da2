"""Telling the page that a text has arrived, so that the copy on the writer's own device can go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

DRAFT_DONE = 21
"""The level of such a message; `MESSAGE_TAGS` in the settings names it `draft-done`."""


def done(request: HttpRequest, key: str) -> None:
    """Have the next page of this person say that the draft `key` was posted or thrown away."""
    messages.add_message(request, DRAFT_DONE, key)
