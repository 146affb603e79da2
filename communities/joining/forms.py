"""Bringing somebody in."""

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
