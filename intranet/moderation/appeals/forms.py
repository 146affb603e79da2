"""Appealing, and deciding an appeal."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.moderation.forms import note_field
from intranet.ui.forms import Form


class AppealForm(Form):
    """What should be looked at again."""

    text = forms.CharField(
        label=_("What should be looked at again, and why"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
    )


class AppealDecisionForm(Form):
    """How an appeal ends."""

    result = forms.ChoiceField(
        label=_("Decision"),
        choices=[("upheld", _("Let it stand")), ("overturned", _("Overturn it"))],
        widget=forms.RadioSelect,
    )
    note = note_field(_("In your words, to the author"), required=True)
