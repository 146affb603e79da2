"""The arrangements of a place, and why a post that waits is not published."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.moderation.forms import Citing, note_field
from intranet.ui.forms import Form


class RefuseForm(Citing):
    """Why a post is not published."""

    note = note_field(_("In your words, to the author"), required=True)


class StandingForm(Form):
    """The arrangements of a place."""

    look_first = forms.BooleanField(
        label=_("Look at every post before it is published"),
        help_text=_("Moderators of the place are not held."),
        required=False,
    )
    slow_seconds = forms.IntegerField(
        label=_("Slow mode: seconds between two posts of one person"),
        help_text=_("0: off."),
        min_value=0,
        max_value=86_400,
    )
    close_after_days = forms.IntegerField(
        label=_("Close threads that were quiet for so many days"),
        help_text=_("0: never."),
        min_value=0,
        max_value=3_650,
    )
    close_solved_after_days = forms.IntegerField(
        label=_("Close solved questions that were quiet for so many days"),
        help_text=_("0: never."),
        min_value=0,
        max_value=3_650,
    )
