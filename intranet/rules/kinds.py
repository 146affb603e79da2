"""The vocabulary of rules: what they look for and what follows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intranet.rules import judging, personal


class RuleKind(TextChoices):
    """What a rule looks for; the values are those of `judging`."""

    WORDS = judging.WORDS, _("Words or phrases")
    PATTERN = judging.PATTERN, _("A pattern (RE2)")
    PERSONAL = judging.PERSONAL, _("Personal data")
    LINKS = judging.LINKS, _("Many links")
    NEWCOMER = judging.NEWCOMER, _("Somebody new")
    VOLUME = judging.VOLUME, _("Many posts in an hour")
    DISCLOSURE = judging.DISCLOSURE, _("A missing disclosure")
    AGE = judging.AGE, _("A reply in an old thread")


WITH_TEXT = frozenset({RuleKind.WORDS, RuleKind.PATTERN, RuleKind.DISCLOSURE})
"""Kinds that say nothing without `what`."""

IN_THE_TEXT = frozenset({RuleKind.WORDS, RuleKind.PATTERN, RuleKind.PERSONAL})
"""Kinds that find something in the text that can be quoted."""

WITH_LIMIT = frozenset({RuleKind.LINKS, RuleKind.NEWCOMER, RuleKind.VOLUME, RuleKind.AGE})
"""Kinds that compare a number with `limit`."""


class RuleAction(TextChoices):
    """What follows when a rule speaks."""

    HINT = "hint", _("Show a hint while writing")
    FLAG = "flag", _("Open a case")
    HOLD = "hold", _("Look at it before it is published")
    TAG = "tag", _("Add a topic")
    DISCLOSE = "disclose", _("Ask for a disclosure")
    LOCK = "lock", _("Lock under the clause")


class Change(TextChoices):
    """What made a new version of the rule set."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    SWITCHED_ON = "switched_on", _("switched on")
    SWITCHED_OFF = "switched_off", _("switched off")


PERSONAL_LABELS = {
    personal.ID: _("Israeli identity numbers"),
    personal.CARD: _("Payment cards"),
    personal.IBAN: _("Bank accounts (IBAN)"),
    personal.PHONE: _("Telephone numbers"),
    personal.EMAIL: _("E-mail addresses"),
}
