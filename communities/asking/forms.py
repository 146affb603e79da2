"""Whom to ask, in whose name, how soon; and why a name has to be known."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.asking.addressing import BY_NAME, EXPERTS
from intranet.ui.forms import Form

TO = [
    ("", _("Whoever is likely to know")),
    (EXPERTS, _("The experts of this community")),
    (BY_NAME, _("A person or a unit")),
]


class AddressFields(forms.Form):
    """What an asker chooses beside the question itself."""

    to = forms.ChoiceField(label=_("Who is asked"), choices=TO, required=False)
    name = forms.CharField(
        label=_("Person or unit"),
        required=False,
        max_length=120,
        help_text=_("For a person or a unit: @noa, or @u/rd-lab."),
        widget=forms.TextInput(attrs={"list": "to-names", "dir": "ltr", "autocomplete": "off"}),
    )
    urgent = forms.CharField(
        label=_("Urgent because"),
        required=False,
        max_length=200,
        help_text=_("Leave empty if it is not. Reminders come earlier, and readers see the reason."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    anonymous = forms.BooleanField(
        label=_("Ask anonymously"),
        required=False,
        help_text=_(
            "Your name is sealed on every page. Only two moderators together can open it, with a reason, "
            "and you are told. Answers reach you as always."
        ),
    )


class ReasonForm(Form):
    """Why a name has to be known."""

    reason = forms.CharField(
        label=_("Why does the name have to be known?"),
        help_text=_("The second person and the asker read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
