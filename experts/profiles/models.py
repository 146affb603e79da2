"""What people say about themselves, and how much they can take."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

CAP = 5
"""Questions a week that a person is asked at most, unless they say otherwise."""


class Language(models.TextChoices):
    """Languages that colleagues look for in each other."""

    HEBREW = "he", _("Hebrew")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    RUSSIAN = "ru", _("Russian")
    POLISH = "pl", _("Polish")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    GERMAN = "de", _("German")


class Profile(models.Model):
    """The page of one person about themselves. Made when they first save it; without one the defaults hold."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    about = models.TextField(_("About me"), blank=True, max_length=2000)
    ask_about = models.ManyToManyField("intranet.Tag", blank=True, related_name="profiles_asked")
    wants_to_learn = models.ManyToManyField("intranet.Tag", blank=True, related_name="profiles_learning")
    languages = ArrayField(models.CharField(max_length=2, choices=Language), default=list, blank=True)
    weekly_cap = models.PositiveSmallIntegerField(
        _("Questions a week, at most"), default=CAP, validators=[MaxValueValidator(20)]
    )
    prefers_other_units = models.BooleanField(_("Prefer questions from other units"), default=True)
    paused = models.BooleanField(_("Pause until I switch it back"), default=False)
    away_until = models.DateField(_("Away until"), null=True, blank=True)
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="covers_for",
        verbose_name=_("Who covers meanwhile"),
    )

    def __str__(self) -> str:
        return str(self.person)

    def is_away(self, today: date) -> bool:
        """Absent or pausing on `today`; `away_until` is the day of return."""
        return self.paused or bool(self.away_until and self.away_until > today)
