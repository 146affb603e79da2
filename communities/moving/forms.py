"""Where to, into which, what along: the forms of those who keep threads in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from communities.moving.actions import BECOMES
from communities.moving.reading import places_for, thread_named
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.settings.product import TITLE_MAX
from intranet.text.direction import apart
from intranet.ui.forms import Form, TitleInput

NOTE_MAX = 500
EXCERPT = 110


class MoveForm(Form):
    """The community a thread goes to, and a note for those who run it."""

    target = forms.ModelChoiceField(
        label=_("To which community?"),
        queryset=Space.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a community"),
    )
    note = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who run that community read this."),
    )

    def __init__(self, thread: Post, person: User, data: Any = None) -> None:
        super().__init__(data)
        self.fields["target"].queryset = places_for(thread, person)


class MergeForm(Form):
    """The thread that takes this one in: one of those that say the like, or an address."""

    like = forms.ChoiceField(label=_("Threads like this one"), required=False, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Or the address of another thread"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )

    def __init__(self, person: User, like: Sequence[Post], data: Any = None) -> None:
        super().__init__(data)
        self.person = person
        self.fields["like"].choices = [
            (post.public_id, f"{apart(post.title)} ({apart(post.space.label)})") for post in like
        ]
        if not like:
            del self.fields["like"]

    def clean(self) -> dict[str, Any]:
        """Adds `into`, the thread that was chosen."""
        said = super().clean()
        named = said.get("address") or said.get("like")
        if not named:
            raise forms.ValidationError(_("Choose the thread that takes this one in."))
        said["into"] = thread_named(self.person, named)
        if said["into"] is None:
            raise forms.ValidationError(_("There is no thread at this address."))
        return said


class SplitForm(Form):
    """The title and kind of the new thread, and what else goes along."""

    title = forms.CharField(label=_("Title of the new thread"), max_length=TITLE_MAX, widget=TitleInput)
    kind = forms.ChoiceField(label=_("What is it?"), choices=[(kind, kind.label) for kind in BECOMES])
    along = forms.MultipleChoiceField(
        label=_("What else goes along?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What hangs on a chosen post goes with it."),
    )

    def __init__(
        self, later: Sequence[Post], data: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["along"].choices = [(post.public_id, _said(post)) for post in later]
        if not later:
            del self.fields["along"]


class RecastForm(Form):
    """On what an answer hangs once it is a comment: the question, or another answer."""

    onto = forms.ChoiceField(label=_("A comment on what?"), required=False, widget=forms.RadioSelect)

    def __init__(self, answers: Sequence[Post], data: Any = None) -> None:
        super().__init__(data, initial={"onto": ""})
        choices = [(post.public_id, _said(post)) for post in answers]
        self.fields["onto"].choices = [("", _("The question")), *choices]


class DeclineForm(Form):
    """Why a thread is not taken in."""

    answer = forms.CharField(
        label=_("Why not?"), required=False, max_length=NOTE_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


def _said(post: Post) -> str:
    return f"{apart(post.author.display_name)}: {apart(Truncator(post.text).chars(EXCERPT))}"


def kinds_besides(kind: str) -> list[tuple[str, Any]]:
    """What a thread of `kind` can become."""
    return [(each.value, each.label) for each in BECOMES if each != PostKind(kind)]
