"""Forms in our markup: label, hint, control, error, tied together for screen readers.

Derive from `Form` or `ModelForm` and write `{{ form }}`, or `{{ form.title.as_field_group }}` for one field.
Forms of others, such as allauth's, get the same look through `{% ui "field" field=… %}`.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

NOTHING_CHOSEN = gettext_noop("- Select an option -")
"""Django's words for a choice that is not made yet. Its Hebrew catalogue lacks them; named here, they stand in ours."""


class Renderer(DjangoTemplates):
    """Finds our own form templates where pages are found, and Django's widgets where Django keeps them."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith("ui/"):
            return get_template(template_name)
        return super().get_template(template_name)


RENDERER = Renderer()
"""One for all forms: each has an engine of its own, which looks through every app for tags when it is made."""


class Form(forms.Form):
    """A form that renders with our markup."""

    default_renderer = RENDERER
    required_css_class = "is-required"


class ModelForm(forms.ModelForm):
    """A form of one model that renders with our markup."""

    default_renderer = RENDERER
    required_css_class = "is-required"


class TitleInput(forms.TextInput):
    """The large one-line field that starts a thread or a post."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input input--title", "autocomplete": "off", **(attrs or {})})


class EditorInput(forms.Textarea):
    """Markdown with our toolbar; `ui/editor.html` stands around it. Inside a form with `data-composer` it is
    saved while it is typed."""

    def __init__(self, rows: int = 8, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": rows, "spellcheck": "true", "data-editor": True, **(attrs or {})})


class TopicsInput(forms.TextInput):
    """Topics with commas between them; the known ones are offered while one types."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input", "autocomplete": "off", "data-topics": True, **(attrs or {})})


class ChipsInput(forms.CheckboxSelectMultiple):
    """Pick any of a few short answers, side by side."""


class TokenField(forms.CharField):
    """The hidden client token that makes a form post once: made by the server, sent back with the form."""

    def __init__(self) -> None:
        super().__init__(max_length=64, min_length=8, widget=forms.HiddenInput, label=_("Form number"))
