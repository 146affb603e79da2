"""Offering oneself as an expert."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.ui.forms import Form


class OfferForm(Form):
    """A topic and a sentence."""

    topic = forms.CharField(
        label=_("Topic"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    sentence = forms.CharField(
        label=_("Why you"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One sentence: what you did or do with it."),
    )
