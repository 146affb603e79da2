"""Asking, and starting a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.asking.forms import AddressFields
from intranet.content.kinds import PostKind
from intranet.posting.forms import StartForm
from intranet.ui.forms import EditorInput, TitleInput

TALK_KINDS = (PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT)


class AskForm(AddressFields, StartForm):
    """A question, whom to ask, and in whose name."""

    field_order = [*StartForm.field_order, "to", "name", "urgent", "anonymous"]

    title = forms.CharField(
        label=_("Question"), widget=TitleInput, error_messages={"required": _("Give it a title.")}
    )
    source = forms.CharField(
        label=_("Details"),
        required=False,
        strip=False,
        widget=EditorInput(rows=8),
        help_text=_("What you tried, what you saw."),
    )

    def texts(self) -> dict[str, str]:
        chosen = {name: str(self[name].value() or "") for name in ("to", "name", "urgent")}
        return super().texts() | chosen


class TalkForm(StartForm):
    """A discussion, an idea or an announcement."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=[(kind, kind.label) for kind in TALK_KINDS])

    field_order = ["kind", *StartForm.field_order]

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"kind": PostKind.DISCUSSION, **(initial or {})})

    def texts(self) -> dict[str, str]:
        return super().texts() | {"kind": str(self["kind"].value() or "")}


def values(form: StartForm, names: Sequence[str]) -> dict[str, Any]:
    """The cleaned values of `names`, for an action."""
    return {name: form.cleaned_data[name] for name in names}
