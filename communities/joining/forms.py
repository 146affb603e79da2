"""Asking to be let in, and deciding about it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.joining.actions import GIVEN
from intranet.content.kinds import SpaceRole
from intranet.ui.forms import Form


class AddForm(Form):
    """Whom to add, by username, and what they are trusted with."""

    username = forms.CharField(
        label=_("Username"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role, role.label) for role in SpaceRole if role in GIVEN],
        initial=SpaceRole.MEMBER,
    )


class AskToJoinForm(Form):
    """Why somebody wants to come in."""

    why = forms.CharField(
        label=_("Why you want to join"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One sentence. Its owner and managers read it."),
        error_messages={"required": _("Say why in a sentence.")},
    )
