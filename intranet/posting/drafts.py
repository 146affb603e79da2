"""Text on its way to a post, kept for its writer. Two tabs never overwrite each other."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from intranet.content.models import Draft
from intranet.people.models import User


class DraftConflict(Exception):
    """Another tab saved meanwhile; `current` is its draft."""

    def __init__(self, current: Draft) -> None:
        super().__init__("saved elsewhere")
        self.current = current


def save_draft(*, person: User, key: str, body: dict[str, Any], version: int) -> Draft:
    """Keep `body` under `key` if the draft is still at `version` (0: there is none yet).

    Returns the draft with its new version. Raises `DraftConflict` when somebody saved in between.
    """
    with transaction.atomic():
        draft, created = Draft.objects.select_for_update().get_or_create(
            person=person, key=key, defaults={"body": body}
        )
        if created or draft.body == body:
            return draft
        if draft.version != version:
            raise DraftConflict(draft)
        draft.body, draft.version, draft.saved = body, draft.version + 1, timezone.now()
        draft.save()
        return draft


def keep_draft(*, person: User, key: str, body: dict[str, str]) -> Draft:
    """Keep `body` under `key` whatever was there: the text of a form that was just sent and refused."""
    draft, _made = Draft.objects.update_or_create(
        person=person,
        key=key,
        defaults={"body": body, "version": F("version") + 1, "saved": timezone.now()},
        create_defaults={"body": body},
    )
    draft.refresh_from_db()
    return draft


def draft_of(person: User, key: str) -> Draft | None:
    """The draft that `person` keeps under `key`."""
    return Draft.objects.filter(person=person, key=key).first()


def discard_draft(*, person: User, key: str) -> None:
    """Forget the draft, after the post it was for is stored or its writer says so."""
    Draft.objects.filter(person=person, key=key).delete()
