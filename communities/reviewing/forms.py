"""The decision at a review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.merging.reading import targets_for
from intranet.content.models import Space
from intranet.people.models import User
from intranet.ui.forms import Form

CHOICES = [
    ("renew", _("Renew: it goes on until the next review")),
    ("merge", _("Merge: its threads and people move to another community, and this one leads there")),
    ("archive", _("Archive: it can be read and not written; you can reopen it")),
]


class ReviewForm(Form):
    """Renew, merge or archive."""

    decision = forms.ChoiceField(label=_("What becomes of it"), choices=CHOICES, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Next review, when renewed"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Half a year from now unless you choose a day."),
    )
    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("Choose a community"),
        help_text=_("Where you do not run it, its owner is asked first."),
    )
    note = forms.CharField(
        label=_("In a sentence, why"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, person: User, space: Space, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["into"].queryset = targets_for(person, space)

    def clean(self) -> dict[str, Any]:
        """Merging names a community."""
        data = super().clean()
        if data.get("decision") == "merge" and not data.get("into") and "into" not in self.errors:
            self.add_error("into", _("Choose a community."))
        return data
