"""When a community works, and who is on duty when a question waits too long."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet.routing.clock import MIDNIGHT, MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY, WorkCalendar


class Week(models.TextChoices):
    """The days on which a community works."""

    SUNDAY_TO_THURSDAY = "sun_thu", _("Sunday to Thursday")
    MONDAY_TO_FRIDAY = "mon_fri", _("Monday to Friday")


class Counting(models.TextChoices):
    """Which hours of a working day count towards the promise."""

    WHOLE_DAYS = "days", _("Whole working days: 24 hours end at the same time on the next one")
    WORKING_HOURS = "hours", _("Working hours only: the clock stands at night")


DAYS = {Week.SUNDAY_TO_THURSDAY: SUNDAY_TO_THURSDAY, Week.MONDAY_TO_FRIDAY: MONDAY_TO_FRIDAY}


class OfficeHours(models.Model):
    """The working calendar of one community. A community without a row works whole days, Sunday to Thursday.

    `holidays` are `{"day": ISO date, "name": text}` in order: one row says all that the clock needs, so that a page
    reads it together with the space. `rota_since` is the first day of the week from which turns are counted.
    """

    space = models.OneToOneField("intranet.Space", models.CASCADE, related_name="office_hours")
    week = models.CharField(max_length=8, choices=Week, default=Week.SUNDAY_TO_THURSDAY)
    counting = models.CharField(max_length=8, choices=Counting, default=Counting.WHOLE_DAYS)
    opens = models.TimeField(default=time(9))
    closes = models.TimeField(default=time(18))
    zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    holidays = models.JSONField(default=list, blank=True)
    rota_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.space}: {self.get_week_display()}"

    @property
    def closed(self) -> list[tuple[date, str]]:
        """The holidays, each with its name."""
        return [(date.fromisoformat(holiday["day"]), holiday["name"]) for holiday in self.holidays]

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar that the clock counts on."""
        whole = self.counting == Counting.WHOLE_DAYS
        return WorkCalendar(
            days=DAYS[Week(self.week)],
            opens=MIDNIGHT if whole else self.opens,
            closes=MIDNIGHT if whole else self.closes,
            zone=ZoneInfo(self.zone),
            holidays=frozenset(day for day, _name in self.closed),
        )


class DutyPerson(models.Model):
    """One person in the order in which a community's turns go round."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="duty_people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="duty_person_once")]

    def __str__(self) -> str:
        return f"{self.place}. {self.person}"


class DutySwap(models.Model):
    """Somebody takes one week that would be another's."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="duty_swaps")
    week = models.DateField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "week"], name="duty_swap_once")]

    def __str__(self) -> str:
        return f"{self.week}: {self.person}"
