"""Forms of moderation. They clean what was typed; the actions decide."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.moderation.clauses import ClauseField
from intranet.moderation.kinds import Outcome, Scope
from intranet.people.models import User
from intranet.ui.forms import Form

NOTE_MAX = 2_000


class _Citing(Form):
    """A form that cites a clause."""

    clause = ClauseField()

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].offer(person)


class FlagForm(_Citing):
    """What somebody reports, and under which clause."""

    note = forms.CharField(
        label=_("A note for the moderators"),
        help_text=_("The author does not learn who flagged, and does not see this note."),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 3}),
    )


class LockForm(_Citing):
    """The terms of a lock."""

    scope = forms.ChoiceField(
        label=_("What to lock"), choices=Scope.choices, initial=Scope.ALL, widget=forms.RadioSelect
    )
    until = forms.DateField(
        label=_("Until the end of"),
        help_text=_("Empty: until a moderator opens it."),
        required=False,
        widget=forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=_("In your words, to the author"),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_until(self) -> datetime | None:
        """The last moment of the chosen day."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("The lock would end in the past. Choose a later day or none."))
        return timezone.make_aware(datetime.combine(day, time.max))


class DecisionForm(LockForm):
    """How a case ends. Scope and end count for a lock alone."""

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Outcome.choices, initial=Outcome.LOCK, widget=forms.RadioSelect
    )

    field_order = ["outcome", "clause", "scope", "until", "note"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") != Outcome.LOCK:
            cleaned["until"] = None
            cleaned.setdefault("scope", Scope.ALL)
            for name in ("scope", "until"):
                self.errors.pop(name, None)
        return cleaned
