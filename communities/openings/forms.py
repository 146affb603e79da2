"""One skeleton."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.openings.models import KINDS
from intranet.ui.forms import EditorInput, Form


class OpeningForm(Form):
    """What a thread of one kind starts from."""

    kind = forms.ChoiceField(label=_("For"), choices=[(kind, kind.label) for kind in KINDS])
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("As one chooses it, such as “Fault in the field”.")
    )
    name_he = forms.CharField(label=_("Name in Hebrew"), max_length=60, required=False)
    title = forms.CharField(
        label=_("Title to start from"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    body = forms.CharField(
        label=_("Text to start from"),
        max_length=4000,
        required=False,
        strip=False,
        widget=EditorInput(rows=8),
        help_text=_("Headings and questions to fill in."),
    )
