"""Forms of those who bring people in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.people.models import OrgUnit
from intranet.settings.product import LINK_DAYS, LINK_MOST_USES
from intranet.ui.forms import Form


def _spans() -> list[tuple[int, str]]:
    """How long a link can hold, in the language of the page: asked for when the form is made."""
    return [(days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days}) for days in LINK_DAYS]


class LinkForm(Form):
    """How long a link lives and how many people may use it."""

    days = forms.TypedChoiceField(
        label=_("The link lives"),
        choices=_spans,
        coerce=int,
        initial=7,
    )
    most_uses = forms.IntegerField(
        label=_("People who may use it"), min_value=1, max_value=LINK_MOST_USES, initial=10
    )
    for_guests = forms.BooleanField(
        label=_("Partners from outside may use it"),
        required=False,
        help_text=_("They come in as guests and see this community and nothing else."),
    )


class RuleForm(Form):
    """The unit whose people are members."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=OrgUnit.objects.all(), empty_label=_("Choose a unit")
    )
    leaves_with_unit = forms.BooleanField(
        label=_("Who leaves the unit leaves the community"),
        required=False,
        help_text=_("Only those whom this rule added, and who have no other role here."),
    )


class ListForm(Form):
    """A list of people to add."""

    rows = forms.CharField(
        label=_("People"),
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "ltr", "spellcheck": "false"}),
        help_text=_(
            "One a line: a username or an e-mail address, then a comma and a role where it is not member."
        ),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("Where its first row names columns, username or email, and role, are read."),
    )

    def clean(self) -> dict[str, object]:
        """The text of the file where one was sent."""
        data = super().clean()
        file = data.get("file")
        if file:
            if file.size > 200_000:
                raise forms.ValidationError(_("The file is larger than 200 kB."))
            try:
                data["rows"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("The file is not UTF-8 text.")) from None
        return data
