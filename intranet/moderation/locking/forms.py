"""The terms of a lock as they are typed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.moderation.forms import Citing, note_field
from intranet.moderation.kinds import Condition, Reach, Scope
from intranet.people.models import User


class LockForm(Citing):
    """The terms of a lock."""

    scope = forms.ChoiceField(
        label=_("What to lock"), choices=Scope.choices, initial=Scope.ALL, widget=forms.RadioSelect
    )
    reach = forms.ChoiceField(
        label=_("How far"),
        choices=Reach.choices,
        initial=Reach.BRANCH,
        required=False,
        widget=forms.RadioSelect,
    )
    condition = forms.ChoiceField(label=_("What opens it"), choices=Condition.choices, required=False)
    until = forms.DateField(
        label=_("At the latest at the end of"),
        help_text=_("Empty: no day is set."),
        required=False,
        widget=forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    note = note_field(_("In your words, to the author"))

    def clean_until(self) -> datetime | None:
        """The last moment of the chosen day."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("The lock would end in the past. Choose a later day or none."))
        return timezone.make_aware(datetime.combine(day, time.max))

    def clean_reach(self) -> str:
        return self.cleaned_data["reach"] or Reach.BRANCH


class PlaceLockForm(LockForm):
    """The terms of a lock on a whole place, a person in it or a page: it reaches all of that."""

    field_order = ["clause", "scope", "condition", "until", "note"]

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(person, *args, **options)
        del self.fields["reach"]
        self.fields["condition"].choices = [
            (value, label)
            for value, label in Condition.choices
            if value in (Condition.NONE, Condition.ACKNOWLEDGED)
        ]
