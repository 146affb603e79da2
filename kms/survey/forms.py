"""The forms of surveys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.people.models import OrgUnit, User
from intranet.ui.forms import ChipsInput, Form
from kms.network import sources

OPEN_DAYS = 14


class SurveyForm(Form):
    """A new survey."""

    topic = forms.CharField(
        label=_("Whom do you ask about …? (in English)"), max_length=120, help_text=_("Such as: gear noise")
    )
    topic_he = forms.CharField(label=_("The same in Hebrew"), max_length=120, required=False)
    opens = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
    )
    closes = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Units that are asked"),
        queryset=OrgUnit.objects.all(),
        required=False,
        widget=ChipsInput,
        help_text=_("None chosen: everybody is asked."),
    )

    @classmethod
    def for_today(cls) -> SurveyForm:
        """The form as first shown: two weeks from today."""
        today = timezone.localdate()
        return cls(initial={"opens": today, "closes": today + timedelta(days=OPEN_DAYS)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and opens > closes:
            raise forms.ValidationError(_("The last day is before the first."))
        return cleaned


class AnswerForm(forms.Form):
    """The people who were ticked on the roster."""

    named = forms.ModelMultipleChoiceField(queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = sources.counted()
