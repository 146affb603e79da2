"""The form of a bookmark."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.notify.models import Bookmark
from intranet.ui.forms import ModelForm


class BookmarkForm(ModelForm):
    """A note for oneself and a day on which to be reminded."""

    class Meta:
        model = Bookmark
        fields = ("note", "remind_on")
        labels = {"note": _("Note to yourself"), "remind_on": _("Remind me on")}
        help_texts = {
            "note": _("Only you see it."),
            "remind_on": _("A notice comes to your inbox that morning, once."),
        }
        widgets = {"remind_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
