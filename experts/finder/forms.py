"""What the finder is asked."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.profiles.models import Language
from intranet.ui.forms import Form, TitleInput

QUESTION_MAX = 200


class FinderForm(Form):
    """A topic or problem in words, and who of those found is shown."""

    q = forms.CharField(
        label=_("Topic or problem"),
        max_length=QUESTION_MAX,
        required=False,
        widget=TitleInput({"dir": "auto", "type": "search"}),
    )
    available = forms.BooleanField(label=_("Available today"), required=False)
    other = forms.BooleanField(label=_("Not my unit"), required=False)
    speaks = forms.ChoiceField(
        label=_("Speaks"),
        required=False,
        choices=[("", _("Any language")), *Language.choices],
        widget=forms.Select({"class": "select sort"}),
    )
