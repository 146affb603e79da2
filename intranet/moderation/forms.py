"""Forms of moderation. They clean what was typed; the actions decide."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Post, Space
from intranet.moderation.cases import seams
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.cases.words import LABELS, ready_words
from intranet.moderation.clauses import ClauseField
from intranet.moderation.kinds import Condition, Outcome, Reach, Scope
from intranet.people.models import User
from intranet.settings.product import SILENCE_LADDER
from intranet.ui.forms import Form

NOTE_MAX = 2_000
STEPS = {24: _("24 hours"), 72: _("3 days"), 168: _("7 days"), 720: _("30 days")}


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


class FlagForm(Citing):
    """What somebody reports, and under which clause."""

    note = note_field(
        _("A note for the moderators"),
        _("The author does not learn who flagged, and does not see this note."),
    )


class LockForm(Citing):
    """The terms of a lock."""

    scope = forms.ChoiceField(
        label=_("What to lock"), choices=Scope.choices, initial=Scope.ALL, widget=forms.RadioSelect
    )
    reach = forms.ChoiceField(
        label=_("How far"),
        choices=Reach.choices,
        initial=Reach.BRANCH,
        required=False,
        widget=forms.RadioSelect,
    )
    condition = forms.ChoiceField(label=_("What opens it"), choices=Condition.choices, required=False)
    until = forms.DateField(
        label=_("At the latest at the end of"),
        help_text=_("Empty: no day is set."),
        required=False,
        widget=forms.DateInput({"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    note = note_field(_("In your words, to the author"))

    def clean_until(self) -> datetime | None:
        """The last moment of the chosen day."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(_("The lock would end in the past. Choose a later day or none."))
        return timezone.make_aware(datetime.combine(day, time.max))

    def clean_reach(self) -> str:
        return self.cleaned_data["reach"] or Reach.BRANCH


class PlaceLockForm(LockForm):
    """The terms of a lock on a whole place, a person in it or a page: it reaches all of that."""

    field_order = ["clause", "scope", "condition", "until", "note"]

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(person, *args, **options)
        del self.fields["reach"]
        self.fields["condition"].choices = [
            (value, label)
            for value, label in Condition.choices
            if value in (Condition.NONE, Condition.ACKNOWLEDGED)
        ]


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


class RefuseForm(Citing):
    """Why a post is not published."""

    note = note_field(_("In your words, to the author"), required=True)


class AppealForm(Form):
    """What should be looked at again."""

    text = forms.CharField(
        label=_("What should be looked at again, and why"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 5}),
    )


class AppealDecisionForm(Form):
    """How an appeal ends."""

    result = forms.ChoiceField(
        label=_("Decision"),
        choices=[("upheld", _("Let it stand")), ("overturned", _("Overturn it"))],
        widget=forms.RadioSelect,
    )
    note = note_field(_("In your words, to the author"), required=True)


class StandingForm(Form):
    """The arrangements of a place."""

    look_first = forms.BooleanField(
        label=_("Look at every post before it is published"),
        help_text=_("Moderators of the place are not held."),
        required=False,
    )
    slow_seconds = forms.IntegerField(
        label=_("Slow mode: seconds between two posts of one person"),
        help_text=_("0: off."),
        min_value=0,
        max_value=86_400,
    )
    close_after_days = forms.IntegerField(
        label=_("Close threads that were quiet for so many days"),
        help_text=_("0: never."),
        min_value=0,
        max_value=3_650,
    )
    close_solved_after_days = forms.IntegerField(
        label=_("Close solved questions that were quiet for so many days"),
        help_text=_("0: never."),
        min_value=0,
        max_value=3_650,
    )
