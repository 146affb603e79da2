"""What is asked before communities are merged: where to, and that the new readers are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.merging.reading import targets_for
from intranet.content.models import Space
from intranet.people.models import User
from intranet.ui.forms import Form


class ProposalForm(Form):
    """Into which community, and why."""

    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=Space.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a community"),
        error_messages={"required": _("Choose a community.")},
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
