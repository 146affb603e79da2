"""Opening a community with its charter, and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.charters.actions import Promise, may_be_parents
from intranet.content.kinds import Joining, Posting, Visibility
from intranet.content.models import SLUG, Space
from intranet.people.models import User
from intranet.settings.product import REVIEW_MONTHS
from intranet.ui.forms import Form

SPACE = ("slug", "name", "name_he", "purpose", "visibility", "joining", "posting")
CHARTER = (
    "audience",
    "goal",
    "success_signs",
    "hours_a_week",
    "answer_within_hours",
    "review_date",
    "welcome",
    "anonymous_allowed",
    "parent",
)


def _lines(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class OpenForm(Form):
    """A community and what its owner promises. With `space` it starts from what that one says now."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_he = forms.CharField(label=_("Name in Hebrew"), max_length=120, required=False)
    slug = forms.CharField(
        label=_("Address"),
        max_length=59,
        validators=[SLUG],
        help_text=_("Small Latin letters, digits and dashes."),
    )
    purpose = _lines(_("Why it exists"), _("One or two sentences that a newcomer understands."))
    audience = _lines(_("For whom"))
    goal = _lines(_("The goal it serves"))
    success_signs = _lines(_("How success is seen"))
    hours_a_week = forms.IntegerField(
        label=_("Hours a week you will give"), min_value=1, max_value=40, initial=2
    )
    answer_within_hours = forms.IntegerField(
        label=_("Hours within which a question is answered, counted on working days"),
        min_value=1,
        max_value=200,
        initial=24,
    )
    review_date = forms.DateField(
        label=_("Review date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On that day you renew, merge or archive it."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility,
        help_text=_(
            "Open: every employee reads it. By request: everybody knows of it, members read. "
            "Secret: only members know of it."
        ),
    )
    joining = forms.ChoiceField(label=_("Who may join"), choices=Joining)
    posting = forms.ChoiceField(label=_("Who starts threads"), choices=Posting)
    welcome = _lines(
        _("Welcome"), _("A newcomer sees it once, on the first visit after joining."), required=False
    )
    anonymous_allowed = forms.BooleanField(
        label=_("Questions may be asked anonymously"),
        required=False,
        help_text=_("The name is sealed. Only two moderators together can open it, and the asker is told."),
    )
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("No other community"),
        help_text=_("Communities can be parts of another one, one level deep."),
    )

    def __init__(
        self, person: User, data: Mapping[str, Any] | None = None, *, space: Space | None = None
    ) -> None:
        super().__init__(data, initial=_said_by(space) if space else {"review_date": _half_a_year()})
        parents = may_be_parents(person)
        if space:
            held = getattr(getattr(space, "charter", None), "parent_id", None)
            parents = (parents.exclude(pk=space.pk) | Space.objects.filter(pk=held)).distinct()
        self.fields["parent"].queryset = parents

    def space(self) -> dict[str, Any]:
        """The columns of the space."""
        return {name: self.cleaned_data[name] for name in SPACE}

    def charter(self) -> Promise:
        """The charter."""
        return Promise(**{name: self.cleaned_data[name] for name in CHARTER})


def _half_a_year() -> Any:
    return timezone.localdate() + timedelta(days=REVIEW_MONTHS * 365 // 12)


def _said_by(space: Space) -> dict[str, Any]:
    """What `space` and its charter say, as initial values."""
    charter = getattr(space, "charter", None)
    said = {name: getattr(space, name) for name in SPACE}
    return said | ({name: getattr(charter, name) for name in CHARTER} if charter else {})
