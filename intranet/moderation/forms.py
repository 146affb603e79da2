"""What forms of moderation share. They clean what was typed; the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms

from intranet.moderation.clauses import ClauseField
from intranet.people.models import User
from intranet.ui.forms import Form

NOTE_MAX = 2_000


def note_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    """A few lines in somebody's own words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 3}),
    )


class Citing(Form):
    """A form that cites a clause."""

    clause = ClauseField()

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].offer(person)
