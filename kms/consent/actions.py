"""Choosing what the network analysis may do with oneself. Nobody else can choose, nobody is told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from intranet.people.models import User
from kms.consent.models import Standing

CHOICES = ("counted", "introduced", "named")
"""What one can say yes or no to: counted in groups, suggested for introductions, shown by name to the others who are."""


def standing_of(person: User) -> Standing:
    """The choices of a person, with the defaults for what was never chosen; not saved."""
    return Standing.objects.filter(person=person).first() or Standing(person=person)


@transaction.atomic
def choose(*, person: User, **choices: bool) -> Standing:
    """Set some of one's own choices, the others stay. Who is not counted is neither introduced nor named.

    Safe to repeat. Raises TypeError for a name that is no choice.
    """
    if unknown := set(choices) - set(CHOICES):
        raise TypeError(f"{sorted(unknown)} cannot be chosen")
    Standing.objects.get_or_create(person=person)
    standing = Standing.objects.select_for_update().get(person=person)
    for name, value in choices.items():
        setattr(standing, name, value)
    if choices.get("counted") is False:
        standing.introduced = standing.named = False
    elif choices.get("introduced") or choices.get("named"):
        standing.counted = True
    standing.changed = timezone.now()
    standing.save()
    return standing
