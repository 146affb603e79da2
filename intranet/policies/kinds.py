"""The vocabulary of policies: for whom, what for, what is disclosed, what may depend on having read one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """For whom a policy is written, and so who sees it at all."""

    WRITERS = "writers", _("Employees who write")
    COMMUNITY = "community", _("Community users")
    MANAGERS = "managers", _("Managers")
    GUESTS = "guests", _("Guests")
    EVERYONE = "everyone", _("Everyone")


class Aim(TextChoices):
    """What a policy is for."""

    LOWER_RISK = "lower_risk", _("Lower the organisation's risk")
    PROTECT = "protect", _("Protect the writer")
    EXCEL = "excel", _("Help the writer excel")


class Side(TextChoices):
    """One of the two languages in which a clause stands side by side."""

    ENGLISH = "en", _("English")
    HEBREW = "he", _("Hebrew")


def other_side(side: str) -> Side:
    """The language beside `side`."""
    return Side.ENGLISH if side == Side.HEBREW else Side.HEBREW


class DisclosureKind(TextChoices):
    """What readers should know about a post."""

    ROLE = "role", _("Speaks from their role")
    INTEREST = "interest", _("Has an interest in this")
    ON_BEHALF = "on_behalf", _("On behalf of their unit")
    AI_ASSISTED = "ai_assisted", _("Written with AI help")
    OUTSIDE = "outside", _("From an outside source")


DENIED: dict[str, str | Promise] = {
    DisclosureKind.ROLE: _("Does not speak from their role"),
    DisclosureKind.INTEREST: _("Has no interest in this"),
    DisclosureKind.ON_BEHALF: _("Speaks for nobody else"),
    DisclosureKind.AI_ASSISTED: _("Written without AI help"),
    DisclosureKind.OUTSIDE: _("Not from an outside source"),
}
"""What a post says whose author was asked and has nothing of the kind to disclose."""


def disclosed_words(kind: str, text: str = "", *, denied: bool = False, behalf: str = "") -> str:
    """One disclosure in the reader's language: what kind, and what the author said about it."""
    if denied:
        return str(DENIED[kind])
    if behalf:
        return gettext("On behalf of %(whom)s") % {"whom": behalf}
    label = str(DisclosureKind(kind).label)
    return f"{label}: {text}" if text else label


class Right(TextChoices):
    """What may ask for a policy to have been read."""

    MODERATE = "moderate", _("Decide about posts of others")
    OPEN_COMMUNITY = "open_community", _("Open a community")
    SPEAK_FOR_UNIT = "speak_for_unit", _("Speak for a unit or a leader")


def in_readers_language(english: str, hebrew: str) -> str:
    """The text in the reader's language, the other one where it is missing."""
    return (hebrew or english) if get_language() == "he" else (english or hebrew)
