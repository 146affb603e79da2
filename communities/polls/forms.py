"""A new poll: what it asks, what can be chosen, and its rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.ui.forms import Form, TitleInput


class PollForm(Form):
    """The options are typed one a line."""

    question = forms.CharField(label=_("What does the poll ask?"), max_length=200, widget=TitleInput)
    options = forms.CharField(
        label=_("Options"),
        max_length=2_500,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("One a line, 2 to 12 of them."),
    )
    many = forms.BooleanField(label=_("One may choose several"), required=False)
    secret = forms.BooleanField(
        label=_("Secret"),
        required=False,
        help_text=_("Only numbers are shown. Otherwise names stand beside the options."),
    )
    closes = forms.DateTimeField(
        label=_("Closes at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave empty to close it yourself."),
    )

    def clean_options(self) -> list[str]:
        """The options one by one."""
        return [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
