"""Disclosures in a form, and the forms of those who give mandates and ask for disclosures."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused
from intranet.content.models import Space, Tag
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from intranet.policies.disclosures.told import LONGEST, Told, read
from intranet.policies.kinds import DisclosureKind
from intranet.ui.forms import Form
from intranet.ui.kept import kept

DETAILS = {
    DisclosureKind.ROLE: _("Which role"),
    DisclosureKind.INTEREST: _("Which interest, in a few words"),
    DisclosureKind.ON_BEHALF: _("Which unit or leader"),
    DisclosureKind.AI_ASSISTED: _("What it helped with"),
    DisclosureKind.OUTSIDE: _("Which source"),
}
"""What the details of each kind say."""


class Chip(NamedTuple):
    """One kind to choose, what its line asks for, and what was chosen."""

    kind: str
    label: str | Promise
    hint: str | Promise
    told: Told | None


class DisclosuresInput(forms.Widget):
    """A chip for each kind, and beside each that is chosen a line for its details. Works without a script."""

    template_name = "ui/disclosures_input.html"

    def __init__(self, without: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.without = without

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        told = {each.kind: each for each in _understood(value or ())}
        chips = tuple(
            Chip(kind, label, DETAILS[DisclosureKind(kind)], told.get(kind))
            for kind, label in DisclosureKind.choices
            if kind != self.without
        )
        return kept(self.template_name, name=name, chips=chips, longest=LONGEST)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """The disclosures as lines, see `told`."""
        chosen = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [_with_details(line, data.get(f"{name}-{line}", "")) for line in chosen]

    def id_for_label(self, id_: str) -> str:
        return ""


def _with_details(line: str, details: str) -> str:
    plain = line in DisclosureKind.values
    return str(Told(line, details.strip())) if plain else line


def _understood(lines: Any) -> list[Told]:
    try:
        return read([str(line) for line in lines])
    except Refused:
        return []


class DisclosuresField(forms.Field):
    """What readers should know, as lines of `told`. The kind `without` is said in another way and not offered."""

    choices = DisclosureKind.choices
    """Says to whoever brings posted fields back that there may be many values."""

    def __init__(self, without: str = "", **options: Any) -> None:
        options = {"label": _("Anything readers should know?"), "required": False} | options
        super().__init__(widget=DisclosuresInput(without), **options)

    def clean(self, value: Any) -> list[str]:
        try:
            return [str(told) for told in read(value or ())]
        except Refused as refusal:
            raise ValidationError(str(refusal.verdict.message)) from None


class MandateForm(Form):
    """Who may speak for whom, and until when."""

    person = forms.CharField(
        label=_("Who speaks"), help_text=_("Their username."), widget=forms.TextInput({"dir": "ltr"})
    )
    unit = forms.ModelChoiceField(
        label=_("For the unit"), queryset=OrgUnit.objects.none(), required=False, empty_label=_("No unit")
    )
    leader = forms.CharField(
        label=_("Or for the leader"),
        help_text=_("Their username."),
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    until = forms.DateField(
        label=_("Until the end of"),
        required=False,
        widget=forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=_("What it covers"), required=False, max_length=200)

    def __init__(self, units: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units

    def _colleague(self, name: str) -> User | None:
        username = self.cleaned_data[name].strip().removeprefix("@")
        if not username:
            return None
        found = User.objects.active().filter(username=username).first()
        if found is None:
            raise ValidationError(_("Nobody here has this username."))
        return found

    def clean_person(self) -> User | None:
        return self._colleague("person")

    def clean_leader(self) -> User | None:
        return self._colleague("leader")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "leader" in cleaned and bool(cleaned.get("unit")) == bool(cleaned["leader"]):
            raise ValidationError(_("Choose either a unit or a leader."))
        return cleaned


class RequirementForm(Form):
    """A rule that asks for a disclosure."""

    kind = forms.ChoiceField(label=_("What must be disclosed"), choices=DisclosureKind)
    space = forms.ModelChoiceField(
        label=_("In the community"), queryset=Space.objects.none(), required=False, empty_label=_("Anywhere")
    )
    tag = forms.CharField(label=_("Under the topic"), required=False, max_length=60)
    words = forms.CharField(
        label=_("When one of these words is used"),
        help_text=_("In either language, with commas between them. Hebrew prefixes are understood."),
        required=False,
        max_length=400,
    )
    role = forms.ChoiceField(
        label=_("When the author is"), choices=[("", _("Anybody")), *Role.choices], required=False
    )
    why = forms.CharField(label=_("Why, in one line of English"), required=False, max_length=240)
    why_he = forms.CharField(label=_("Why, in one line of Hebrew"), required=False, max_length=240)

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["space"].queryset = Space.objects.communities().visible_to(person)

    def clean_tag(self) -> Tag | None:
        name = self.cleaned_data["tag"].strip().lstrip("#")
        if not name:
            return None
        found = Tag.objects.filter(name__iexact=name).first() or Tag.objects.filter(name_he=name).first()
        if found is None:
            raise ValidationError(_("No post has this topic yet."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ("space", "tag", "words", "role")):
            raise ValidationError(_("Say at least one thing about where it holds."))
        return cleaned
