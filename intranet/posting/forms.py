"""What every form for writing has: the text, and the number that makes it post once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused
from intranet.policies.disclosures.forms import DisclosuresField
from intranet.ui.forms import EditorInput, Form, TitleInput, TokenField, TopicsInput

TOPICS_APART = ","


class SourceForm(Form):
    """A text. Length and content are judged by the action, which answers with one sentence for the writer."""

    source = forms.CharField(label=_("Text"), required=False, strip=False, widget=EditorInput(rows=5))
    file_refusal: Refused | None = None
    """Why a file that came with the form was not taken."""

    def texts(self) -> dict[str, str]:
        """The fields as a draft keeps them."""
        return {
            name: str(self[name].value() or "") for name in self.fields if name in {"title", "source", "tags"}
        }


class WritingForm(SourceForm):
    """A text that becomes a post, once."""

    client_token = TokenField()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"client_token": secrets.token_urlsafe(18), **(initial or {})})


class StartForm(WritingForm):
    """What starts a thread: a title, a text, topics, and what readers should know."""

    title = forms.CharField(
        label=_("Title"), widget=TitleInput, error_messages={"required": _("Give it a title.")}
    )
    tags = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=400,
        widget=TopicsInput,
        help_text=_("Up to five, with commas between them."),
    )
    disclosures = DisclosuresField(help_text=_("Shown with your post. Leave empty if nothing applies."))

    field_order = ["title", "source", "tags", "disclosures"]

    def clean_tags(self) -> list[str]:
        """The topics one by one."""
        return [
            name for name in self.cleaned_data["tags"].replace("#", "").split(TOPICS_APART) if name.strip()
        ]
