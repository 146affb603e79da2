"""What a clause says, and what it must not say."""

from __future__ import annotations

import re

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.policies.kinds import in_readers_language
from intranet.settings.product import CLAUSE_WORDS_MAX

ANCHOR = RegexValidator(r"^[a-z][a-z0-9-]{1,39}$", _("Use small Latin letters, digits or dashes."))

FORBIDS_WRITING = re.compile(
    r"\b(?:do not|don['’]t|never|must not) write\b|(?:אל תכתבו|אל תכתוב|אין לכתוב|אסור לכתוב)(?![א-ת])",
    re.IGNORECASE,
)
"""A policy says how and where, never that one should keep silent."""


class ClauseText(models.Model):
    """What a clause says, in both languages, under an anchor that stays the same through all versions."""

    anchor = models.CharField(max_length=40, validators=[ANCHOR])
    title_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    title_he = models.CharField(max_length=200, blank=True)
    text_he = models.TextField(blank=True)

    class Meta:
        abstract = True

    def words(self) -> tuple[str, str, str, str]:
        """All that the clause says."""
        return self.title_en, self.text_en, self.title_he, self.text_he

    def facts(self) -> dict[str, str]:
        """The columns of the clause, to compare and to copy."""
        return {
            name: getattr(self, name) for name in ("anchor", "title_en", "text_en", "title_he", "text_he")
        }

    def side(self, side: str) -> tuple[str, str]:
        """Title and text in one language, `"en"` or `"he"`."""
        return getattr(self, f"title_{side}"), getattr(self, f"text_{side}")

    @property
    def title(self) -> str:
        return in_readers_language(self.title_en, self.title_he)

    @property
    def text(self) -> str:
        return in_readers_language(self.text_en, self.text_he)


def check_clause(clause: ClauseText) -> None:
    """Refuse a clause that does not fit under one screen or that forbids writing."""
    longest = max(len(clause.text_en.split()), len(clause.text_he.split()))
    if longest > CLAUSE_WORDS_MAX:
        message = _("Clause “%(anchor)s” is too long to be read at a glance: at most %(n)s words a language.")
        raise Refused(refuse("clause_too_long", message % {"anchor": clause.anchor, "n": CLAUSE_WORDS_MAX}))
    if any(FORBIDS_WRITING.search(part) for part in clause.words()):
        message = _("Clause “%(anchor)s” forbids writing. Say where and how it can be written instead.")
        raise Refused(refuse("forbids_writing", message % {"anchor": clause.anchor}))
