"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from experts.evidence.actions import NOTE_MAX
from experts.profiles.models import Language, Profile
from intranet.content.tagging import MAX_TAGS
from intranet.people.models import User
from intranet.ui.forms import Form, ModelForm

TOPICS_MAX = 300


def topic_names(typed: str) -> list[str]:
    """Topics as people type them, with commas between.

    >>> topic_names("AX-40, seals ,, מסבים")
    ['AX-40', 'seals', 'מסבים']
    """
    return [name for part in typed.split(",") if (name := part.strip())]


class TopicsField(forms.CharField):
    """Topics with commas between them, as a list of names."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"class": "input", "dir": "auto"})
        super().__init__(max_length=TOPICS_MAX, required=False, widget=widget, **options)

    def clean(self, value: Any) -> list[str]:
        names = topic_names(super().clean(value))
        if len(names) > MAX_TAGS * 2:
            raise forms.ValidationError(_("Up to ten topics."))
        return names


class ProfileForm(ModelForm):
    """What a person says about themselves."""

    ask_about = TopicsField(label=_("Ask me about"), help_text=_("Topics, with commas between them."))
    wants_to_learn = TopicsField(label=_("I want to learn"), help_text=_("Topics, with commas between them."))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Profile
        fields = ["about", "languages", "weekly_cap", "prefers_other_units", "paused", "away_until", "cover"]
        help_texts = {
            "about": _("What you do and what you are good at, in your own words."),
            "weekly_cap": _("When it is reached, others are asked first."),
            "away_until": _("The day you are back."),
        }
        widgets = {
            "about": forms.Textarea({"class": "area", "rows": 4, "dir": "auto"}),
            "weekly_cap": forms.NumberInput({"class": "input", "min": 0, "max": 20, "inputmode": "numeric"}),
            "away_until": forms.DateInput({"class": "input", "type": "date"}),
            "cover": forms.TextInput({"class": "input", "dir": "ltr"}),
        }

    field_order = ["about", "ask_about", "wants_to_learn", "languages"]

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cover"] = forms.ModelChoiceField(
            User.objects.active().visible_to(reader).exclude(pk=reader.pk),
            to_field_name="username",
            required=False,
            label=_("Who covers meanwhile"),
            help_text=_("Their username, as in the address of their page."),
            widget=forms.TextInput({"class": "input", "dir": "ltr", "autocomplete": "off"}),
        )


class EndorseForm(Form):
    """A topic somebody knows about, and how one knows."""

    topic = forms.CharField(
        label=_("Topic"), max_length=60, widget=forms.TextInput({"class": "input", "dir": "auto"})
    )
    note = forms.CharField(
        label=_("How do you know?"),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.TextInput({"class": "input", "dir": "auto"}),
    )
