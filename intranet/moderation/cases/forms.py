"""Reporting a post, deciding a case, and what moderators tell each other on the way."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Post, Space
from intranet.moderation.cases import seams
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.cases.words import LABELS, ready_words
from intranet.moderation.forms import NOTE_MAX, Citing, note_field
from intranet.moderation.kinds import Condition, Outcome, Reach, Scope
from intranet.moderation.locking.forms import LockForm
from intranet.people.models import User
from intranet.settings.product import SILENCE_LADDER
from intranet.ui.forms import Form

STEPS = {24: _("24 hours"), 72: _("3 days"), 168: _("7 days"), 720: _("30 days")}


class FlagForm(Citing):
    """What somebody reports, and under which clause."""

    note = note_field(
        _("A note for the moderators"),
        _("The author does not learn who flagged, and does not see this note."),
    )


OFFERED = (
    Outcome.NO_ACTION,
    Outcome.ASK_TO_EDIT,
    Outcome.LOCK,
    Outcome.HIDE,
    Outcome.UNLIST,
    Outcome.REDACT,
    Outcome.MOVE,
    Outcome.WARN,
    Outcome.SILENCE,
    Outcome.SUSPEND,
    Outcome.ESCALATE,
)


def outcomes_for(person: User, post: Post, *, awaiting: bool) -> list[tuple[str, Any]]:
    """What `person` can choose for a case about `post`, in order of weight."""
    offered = list(OFFERED)
    if not person.moderates_everywhere:
        offered.remove(Outcome.SUSPEND)
    if not seams.can_move() or post.root_id:
        offered.remove(Outcome.MOVE)
    if awaiting:
        offered.insert(0, Outcome.ACCEPTED)
    return [(outcome.value, outcome.label) for outcome in offered]


class DecisionForm(LockForm):
    """How a case ends. The other fields count for the outcomes that need them."""

    outcome = forms.ChoiceField(label=_("How it ends"), initial=Outcome.LOCK, widget=forms.RadioSelect)
    ready = forms.ChoiceField(
        label=_("Ready words"),
        choices=LABELS,
        required=False,
        help_text=_(
            "Made from the clause, in the author's language. You can change them after “See what people will see”."
        ),
    )
    hours = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(hours, STEPS[hours]) for hours in SILENCE_LADDER],
        coerce=int,
        empty_value=0,
        required=False,
    )
    hide = forms.BooleanField(label=_("Hide the post as well"), required=False)
    move_to = forms.ModelChoiceField(
        label=_("Move it to"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("Choose a community"),
    )
    words = forms.CharField(
        label=_("Words to take out"),
        help_text=_("One passage a line, as they stand in the post. Earlier versions lose them as well."),
        required=False,
        max_length=NOTE_MAX,
        widget=forms.Textarea({"rows": 3}),
    )

    field_order = ["outcome", "clause", "ready", "note", "scope", "reach", "condition", "until"]

    def __init__(self, person: User, post: Post, *args: Any, awaiting: bool = False, **options: Any) -> None:
        super().__init__(person, *args, **options)
        self.author = post.author
        self.fields["outcome"].choices = outcomes_for(person, post, awaiting=awaiting)
        places = Space.objects.communities().entered_by(person).exclude(pk=post.space_id)
        self.fields["move_to"].queryset = places.filter(archived_at=None)

    def clean(self) -> dict[str, Any]:
        """What another outcome needs is left out; ready words come before one's own."""
        cleaned = super().clean()
        if cleaned.get("outcome") != Outcome.LOCK:
            for name in ("scope", "reach", "condition", "until"):
                self.errors.pop(name, None)
            cleaned |= {
                "scope": Scope.ALL,
                "reach": Reach.BRANCH,
                "condition": Condition.NONE,
                "until": None,
            }
        if cleaned.get("ready") and cleaned.get("clause"):
            ready = ready_words(cleaned["ready"], cleaned["clause"], self.author.language)
            own = cleaned.get("note", "")
            cleaned["note"] = own if ready in own else "\n\n".join(filter(None, (ready, own)))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The arguments of `decide`."""
        said = self.cleaned_data
        means = Means(
            scope=said["scope"],
            reach=said["reach"],
            until=said["until"],
            condition=said["condition"],
            hours=said.get("hours") or 0,
            move_to=said.get("move_to"),
            words=said.get("words", ""),
            hide=said.get("hide", False),
        )
        return {
            "outcome": said["outcome"],
            "clause": said["clause"],
            "note": said["note"],
            "means": means,
        }

    def with_words_written(self) -> DecisionForm:
        """The same form with the ready words standing in the note, to be changed by hand."""
        said = self.data.copy()
        said["note"], said["ready"] = self.cleaned_data["note"], ""
        self.data = said
        return self


class NoteForm(Form):
    """What moderators tell each other."""

    text = note_field(_("A note among moderators"), _("Nobody else ever reads it."), required=True)


class HandOverForm(Form):
    """To whom a case goes."""

    to = forms.ChoiceField(label=_("Hand over to"))
    note = forms.CharField(
        label=_("What they should know"), required=False, max_length=NOTE_MAX, widget=forms.TextInput
    )

    def __init__(self, people: list[User], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.username: person for person in people}
        self.fields["to"].choices = [(name, person.display_name) for name, person in self.people.items()]

    def clean_to(self) -> User:
        return self.people[self.cleaned_data["to"]]
