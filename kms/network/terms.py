"""What can be chosen of a report, and where one can stand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Definition(models.TextChoices):
    """What counts as a tie."""

    ANY = "any", _("One deed in either direction")
    RECIPROCATED = "reciprocated", _("Deeds in both directions")
    WEIGHTED = "weighted", _("Every deed counts, reactions a tenth")


class Level(models.TextChoices):
    """How people are grouped."""

    UNIT = "unit", _("By unit")
    DIVISION = "division", _("By division")
    SITE = "site", _("By site")
    TOPIC = "topic", _("By main topic")


class Broadcast(models.TextChoices):
    """What a message to many says about each of them."""

    OUT = "out", pgettext_lazy("messages to many", "Left out")
    SHARED = "shared", pgettext_lazy("messages to many", "Shared among those who got it")
    COUNTED = "counted", pgettext_lazy("messages to many", "Counted for each")


class Purpose(models.TextChoices):
    """Why a report is asked for: a closed list, printed on the report."""

    GAPS = "gaps", _("To find groups that do not meet")
    GOAL = "goal", _("To follow a business goal")
    CHANGE = "change", _("To see what a reorganisation changed")
    RISK = "risk", _("To find ties that hang on one person")


class State(models.TextChoices):
    """Where a report stands."""

    HELD = "held", _("Waiting for a second person")
    DENIED = "denied", _("Not approved")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being computed")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Nothing to report")
    FAILED = "failed", _("Failed")


KIND = ("definition", "half_life", "broadcast", "level", "forum")
"""What two reports have in common that can be compared."""

ORGANISATION = [level for level in Level.choices if level[0] != Level.TOPIC]
"""How the people of the organisation can be grouped; authors of an imported forum are only grouped by topic."""
