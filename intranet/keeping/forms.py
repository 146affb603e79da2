"""Forms of the audit trail's pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.audit.kinds import GROUPS
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.ui.forms import Form


def last_part(typed: str) -> str:
    """What an address names: the last part of its path; a bare name names itself."""
    return urlsplit(typed.strip()).path.rstrip("/").split("/")[-1]


def person_named(typed: str) -> User | None:
    """The person of a username, with or without its @, of the address of their page, or of an e-mail address."""
    name = last_part(typed).lstrip("@")
    return User.objects.filter(Q(username=name) | Q(email__iexact=name)).first() if name else None


class PersonField(forms.CharField):
    """A person, as `person_named` takes them."""

    def __init__(self, **options: Any) -> None:
        hint = forms.TextInput({"autocomplete": "off", "dir": "ltr", "autocapitalize": "none"})
        super().__init__(max_length=200, widget=hint, **options)

    def clean(self, value: Any) -> User | None:
        typed = super().clean(value)
        found = person_named(typed)
        if typed and found is None:
            raise forms.ValidationError(_("Nobody has this username."))
        return found


class TrailForm(Form):
    """What to look for in the audit trail; everything may stay empty."""

    who = PersonField(label=_("Who (username)"), required=False)
    about = PersonField(label=_("About whom (username)"), required=False)
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *GROUPS.items()]
    )
    space = forms.SlugField(label=_("Where (address of the place)"), required=False)
    since = forms.DateField(label=_("Since"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *arguments: Any, reader: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.reader = reader

    def clean_space(self) -> Space | None:
        slug = self.cleaned_data["space"]
        if not slug:
            return None
        found = Space.objects.visible_to(self.reader).filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(_("There is no such place."))
        return found


class HoldForm(Form):
    """What to hold, and why."""

    kind = forms.ChoiceField(
        label=_("What to hold"),
        choices=[("person", _("A person")), ("post", _("A thread")), ("space", _("A place"))],
        widget=forms.RadioSelect,
        initial="person",
    )
    name = forms.CharField(
        label=_("Which"),
        max_length=200,
        help_text=_("A username, or the address of a person, a thread or a place."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "none"}),
    )
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *arguments: Any, reader: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.reader = reader

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind, typed = said.get("kind"), said.get("name", "")
        finders = {
            "person": person_named,
            "post": lambda typed: (
                Post.objects.visible_to(self.reader).filter(public_id=last_part(typed)).first()
            ),
            "space": lambda typed: (
                Space.objects.visible_to(self.reader).filter(slug=last_part(typed)).first()
            ),
        }
        if kind in finders and typed:
            found = finders[kind](typed)
            if found is None:
                self.add_error("name", _("There is nothing of this name that you can see."))
            said["target"] = {kind: found}
        return said


class AboutForm(Form):
    """A person, and why something is done about them."""

    person = PersonField(label=_("Username"))
    reason = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea({"rows": 2}))


class MyErasureForm(Form):
    """A person asks to be erased, and says their own username so that it is no slip."""

    username = forms.CharField(
        label=_("Your username, to be sure"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "autocapitalize": "none"}),
    )

    def __init__(self, *arguments: Any, person: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person

    def clean_username(self) -> str:
        if self.cleaned_data["username"].strip() != self.person.username:
            raise forms.ValidationError(_("This is not your username."))
        return self.person.username
