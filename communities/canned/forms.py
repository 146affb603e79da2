"""One ready answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.canned.actions import BODY_MAX
from intranet.ui.forms import EditorInput, Form


class CannedForm(Form):
    """What it is called and what it says."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As an expert looks for it, such as “Drift when cold”.")
    )
    body = forms.CharField(label=_("Text"), max_length=BODY_MAX, strip=False, widget=EditorInput(rows=8))
