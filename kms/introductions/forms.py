"""The forms of introductions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Post, Space
from intranet.settings.product import TITLE_MAX
from intranet.ui.forms import Form
from kms.introductions.models import Answer


class AskForm(Form):
    """What both people are told: why they might meet, and a question to start from."""

    pretext = forms.CharField(
        label=_("Why the two could meet"),
        max_length=500,
        help_text=_("Both read this. Say what they share, or what one could help the other with."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    question = forms.ModelChoiceField(
        label=_("An open question to start from"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("No question"),
    )

    def __init__(self, questions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].queryset = questions


class AnswerForm(Form):
    """Yes, later or no."""

    answer = forms.ChoiceField(choices=[(one.value, one.label) for one in Answer if one != Answer.WAITING])


class ThreadForm(Form):
    """Where to meet in writing."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX)
    space = forms.ModelChoiceField(label=_("Community"), queryset=Space.objects.none(), empty_label=None)

    def __init__(self, spaces: list[Space], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = Space.objects.filter(pk__in=[space.pk for space in spaces])


class MeetingForm(Form):
    """When and where to meet."""

    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"})
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)

    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at < timezone.now():
            raise forms.ValidationError(_("That time has passed."))
        return at
