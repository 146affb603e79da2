"""What is written in a thread."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.policies.disclosures.forms import DisclosuresField
from intranet.posting.forms import SourceForm, WritingForm
from intranet.ui.forms import EditorInput, TitleInput, TopicsInput


class ReplyForm(WritingForm):
    """An answer or a reply."""

    disclosures = DisclosuresField()


class CommentForm(WritingForm):
    """A comment."""

    source = forms.CharField(label=_("Your comment"), required=False, strip=False, widget=EditorInput(rows=3))
    disclosures = DisclosuresField()


class EditForm(SourceForm):
    """A post as it is being changed; title and topics count for what starts a thread."""

    title = forms.CharField(label=_("Title"), required=False, widget=TitleInput)
    source = forms.CharField(label=_("Text"), required=False, strip=False, widget=EditorInput(rows=12))
    tags = forms.CharField(
        label=_("Topics"),
        required=False,
        max_length=400,
        widget=TopicsInput,
        help_text=_("Up to five, with commas between them."),
    )
    disclosures = DisclosuresField(help_text=_("Shown with your post. Leave empty if nothing applies."))
    base_revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    field_order = ["title", "source", "tags", "disclosures"]

    def clean_tags(self) -> list[str]:
        """The topics one by one."""
        return [name for name in self.cleaned_data["tags"].replace("#", "").split(",") if name.strip()]
