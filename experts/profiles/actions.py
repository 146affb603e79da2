"""Deeds of a person about their own page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from experts.profiles.models import Profile
from intranet.content.tagging import tags_named
from intranet.people.models import User


def describe(
    *, person: User, ask_about: Sequence[str], wants_to_learn: Sequence[str], **columns: Any
) -> Profile:
    """Make the profile of `person` say this. `columns` are those of `Profile`, already clean."""
    with transaction.atomic():
        profile, _made = Profile.objects.update_or_create(person=person, defaults=columns)
        profile.ask_about.set(tags_named(ask_about, limit=None))
        profile.wants_to_learn.set(tags_named(wants_to_learn, limit=None))
        return profile
