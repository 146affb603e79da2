"""How one field of a form is laid out; `ui/field.html` asks."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from intranet.ui.forms import ChipsInput, EditorInput, TitleInput

LEFT_TO_RIGHT = frozenset({"email", "url", "password", "file", "number", "tel"})
OPTIONS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def _look(widget: forms.Widget) -> dict[str, str]:
    """The class and direction of a widget that has none of its own."""
    kind = getattr(widget, "input_type", "")
    if kind in {"checkbox", "radio", "hidden"} or isinstance(widget, OPTIONS):
        return {}
    if isinstance(widget, forms.Select):
        return {"class": "select"}
    if isinstance(widget, forms.Textarea):
        return {"class": "area", "dir": "auto"}
    return {"class": "input", "dir": "ltr" if kind in LEFT_TO_RIGHT else "auto"}


def control(field: BoundField) -> SafeString:
    """The control of a field, with our class and direction; a placeholder that repeats the label is left out."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {
        key: value for key, value in _look(widget).items() if key not in widget.attrs
    }
    if widget.attrs.get("placeholder") in (field.label, field.name):
        attrs["placeholder"] = False
    return field.as_widget(attrs=attrs)


def control_kind(field: BoundField) -> str:
    """How a field is laid out: `hidden`, `check`, `chips`, `options`, `editor` or `line`."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, OPTIONS):
        return "chips" if isinstance(widget, ChipsInput) else "options"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "editor" if isinstance(widget, EditorInput) else "line"


def may_stay_empty(field: BoundField) -> bool:
    """Whether a line can be left out; a title is always wanted, even where the refusal is given later."""
    return not field.field.required and not isinstance(field.field.widget, TitleInput)
