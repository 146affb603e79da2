"""Opening a community with its charter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.charters.actions import Promise
from intranet.content.kinds import Joining, Posting, Visibility
from intranet.content.models import SLUG
from intranet.ui.forms import Form

SPACE = ("slug", "name", "name_he", "purpose", "visibility", "joining", "posting")
CHARTER = ("audience", "goal", "success_signs", "hours_a_week", "answer_within_hours", "review_date")


def _lines(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenForm(Form):
    """A community and what its owner promises."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_he = forms.CharField(label=_("Name in Hebrew"), max_length=120, required=False)
    slug = forms.CharField(
        label=_("Address"),
        max_length=59,
        validators=[SLUG],
        help_text=_("Small Latin letters, digits and dashes."),
    )
    purpose = _lines(_("Why it exists"), _("One or two sentences that a newcomer understands."))
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility)
    joining = forms.ChoiceField(label=_("Who may join"), choices=Joining)
    posting = forms.ChoiceField(label=_("Who starts threads"), choices=Posting)
    audience = _lines(_("For whom"))
    goal = _lines(_("The goal it serves"))
    success_signs = _lines(_("How success is seen"))
    hours_a_week = forms.IntegerField(
        label=_("Hours a week you will give"), min_value=1, max_value=40, initial=2
    )
    answer_within_hours = forms.IntegerField(
        label=_("Hours within which a question is answered, counted on working days"),
        min_value=1,
        max_value=200,
        initial=24,
    )
    review_date = forms.DateField(
        label=_("Review date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("On that day you renew, merge or archive it."),
    )

    def space(self) -> dict[str, Any]:
        """The columns of the space."""
        return {name: self.cleaned_data[name] for name in SPACE}

    def charter(self) -> Promise:
        """The charter."""
        return Promise(**{name: self.cleaned_data[name] for name in CHARTER})
