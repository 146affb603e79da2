"""The decision at a review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.merging.forms import ProposalForm
from intranet.content.models import Space
from intranet.people.models import User

CHOICES = [
    ("renew", _("Renew: it goes on until the next review")),
    ("merge", _("Merge: its threads and people move to another community, and this one leads there")),
    ("archive", _("Archive: it can be read and not written; you can reopen it")),
]


class ReviewForm(ProposalForm):
    """Renew, merge or archive. What merging asks for is asked here as well, and goes on to its own page."""

    decision = forms.ChoiceField(label=_("What becomes of it"), choices=CHOICES, widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Next review, when renewed"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Half a year from now unless you choose a day."),
    )
    field_order = ("decision", "until", "into", "note")

    def __init__(self, person: User, space: Space, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(person, space, data)
        into = self.fields["into"]
        into.required, into.help_text = False, _("Where you do not run it, its owner is asked first.")

    def clean(self) -> dict[str, Any]:
        """Merging names a community."""
        data = super().clean()
        if data.get("decision") == "merge" and not data.get("into") and "into" not in self.errors:
            self.add_error("into", self.fields["into"].error_messages["required"])
        return data
