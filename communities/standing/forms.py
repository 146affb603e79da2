"""Saying where a question stands."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.standing.actions import NOTE_MAX
from intranet.ui.forms import Form

ADDRESS = re.compile(r"(?:^|/)([\w-]{6,16})/?(?:[?#].*)?$", re.ASCII)
"""The public id at the end of a copied address, or alone."""


def _sentence(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class AskBackForm(Form):
    """What the question lacks."""

    note = _sentence(
        _("What is missing?"), _("For example: which version, which part, what did the log say.")
    )


class RetireForm(Form):
    """Why the question is no longer current."""

    note = _sentence(_("Why is it no longer current?"), _("For example: the part is out of use since May."))


class RepeatForm(Form):
    """The question that was asked before, by its address."""

    original = forms.CharField(
        label=_("Address of the question that was asked before"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def clean_original(self) -> str:
        """The public id in it."""
        found = ADDRESS.search(self.cleaned_data["original"].strip())
        if not found:
            raise forms.ValidationError(_("Paste the address of a question, such as /t/abc123/."))
        return found[1]


class HurryForm(Form):
    """Why a question is urgent."""

    reason = forms.CharField(
        label=_("Why is it urgent?"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Readers see it, and those who were asked are reminded after half the usual time."),
        error_messages={"required": _("Say in a few words why it is urgent.")},
    )
