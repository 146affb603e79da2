"""The form that orders a report."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.ui.forms import Form
from kms.network.models import Definition, Level, Purpose

COMPARED = [("", _("Nothing")), ("before", _("The same length of time just before"))]


class ReportForm(Form):
    """Definition, grouping, period and purpose of a new report. Days are whole days; the last one is included."""

    definition = forms.ChoiceField(label=_("A tie is"), choices=Definition)
    level = forms.ChoiceField(label=pgettext_lazy("network report", "Groups"), choices=Level)
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"})
    )
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}))
    compared = forms.ChoiceField(label=_("Compared with"), choices=COMPARED, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose)

    @classmethod
    def for_today(cls) -> ReportForm:
        """The form as first shown: the last 90 days."""
        today = timezone.localdate()
        return cls(initial={"first": today - timedelta(days=89), "last": today, "compared": "before"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("The last day is before the first."))
        return cleaned

    def terms(self) -> dict[str, Any]:
        """The keywords of `ask_for_report` that a valid form stands for."""
        days = self.cleaned_data
        start, end = _midnight(days["first"]), _midnight(days["last"] + timedelta(days=1))
        against = (start - (end - start), start) if days["compared"] else None
        kept = {name: days[name] for name in ("definition", "level", "purpose")}
        return kept | {"start": start, "end": end, "against": against}


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
