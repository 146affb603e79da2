"""The promise of a community: its working hours and its turns of duty."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.promises.actions import REASON_MAX, Working
from communities.promises.models import Counting, OfficeHours, Week
from intranet.ui.forms import Form

MOST_HOLIDAYS = 200
ZONES = sorted(
    name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))
)


class HoursForm(Form):
    """When the community works, and within how many hours it answers."""

    hours = forms.IntegerField(
        label=_("An answer within so many hours"),
        min_value=1,
        max_value=200,
        help_text=_("Counted as chosen below. 24 hours of whole days: by this time on the next working day."),
    )
    counting = forms.ChoiceField(label=_("Which hours count"), choices=Counting)
    week = forms.ChoiceField(label=_("Working days"), choices=Week)
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(name, name) for name in ZONES])
    holidays = forms.CharField(
        label=_("Holidays"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("One a line: the date and its name, such as 2027-04-22 Passover. Nobody works then."),
    )

    def clean_holidays(self) -> tuple[tuple[date, str], ...]:
        """Each line as a day and its name."""
        lines = [
            line.split(maxsplit=1) for line in self.cleaned_data["holidays"].splitlines() if line.strip()
        ]
        if len(lines) > MOST_HOLIDAYS:
            raise forms.ValidationError(_("That is more days than a community can be closed."))
        found = []
        for day, *name in lines:
            try:
                found.append((date.fromisoformat(day), " ".join(name)[:80]))
            except ValueError:
                words = _("“%(line)s” does not begin with a date such as 2027-04-22.")
                raise forms.ValidationError(words, params={"line": " ".join([day, *name])[:60]}) from None
        return tuple(found)

    def working(self) -> Working:
        """The promise as an action takes it."""
        return Working(**self.cleaned_data)

    @staticmethod
    def initial_of(hours: int, office: OfficeHours | None) -> dict[str, Any]:
        """The form as the community stands today."""
        row = office or OfficeHours()
        names = ("week", "counting", "opens", "closes", "zone")
        listed = "\n".join(f"{holiday['day']} {holiday['name']}".strip() for holiday in row.holidays)
        return {name: getattr(row, name) for name in names} | {"hours": hours, "holidays": listed}


class TurnsForm(Form):
    """Who takes turns, in their order."""

    people = forms.CharField(
        label=_("Who takes turns, in this order"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr"}),
        help_text=_("One username a line. The first one has this week, the next one the week after it."),
    )

    def usernames(self) -> list[str]:
        """The usernames in their order."""
        return [name.lstrip("@") for name in self.cleaned_data["people"].split()]


class ReasonForm(Form):
    """Why a promise was missed."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=REASON_MAX)
