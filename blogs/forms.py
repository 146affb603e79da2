"""Forms of blogs. They clean what was typed; the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blogs.actions import UNTITLED, EntryText
from blogs.models import BlogPage, BlogPostPage
from intranet.people.models import OrgUnit, User
from intranet.policies.disclosures.forms import DisclosuresField
from intranet.policies.disclosures.mandates import units_spoken_for
from intranet.policies.kinds import DisclosureKind
from intranet.posting.forms import WritingForm
from intranet.ui.forms import EditorInput, Form, TitleInput, TokenField

TOLD_BY_UNIT = DisclosureKind.ON_BEHALF
"""This disclosure follows from the unit, so that it is not asked for twice."""


class EntryForm(Form):
    """A blog post as it is written. Everything may be empty: it is a draft until it is published."""

    title = forms.CharField(label=_("Title"), required=False, widget=TitleInput)
    source = forms.CharField(label=_("Text"), required=False, strip=False, widget=EditorInput(rows=18))
    tags = forms.CharField(
        label=_("Topics"), help_text=_("Up to five, with commas between them."), required=False
    )
    blog = forms.ModelChoiceField(label=_("Blog"), queryset=BlogPage.objects.none(), empty_label=None)
    on_behalf_of = forms.ModelChoiceField(
        label=_("On behalf of"),
        queryset=OrgUnit.objects.none(),
        required=False,
        empty_label=_("Myself"),
    )
    disclosures = DisclosuresField(without=TOLD_BY_UNIT, label=_("What readers should know"))
    comments_open = forms.BooleanField(label=_("People may comment"), required=False)
    key = TokenField()
    draft_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, person: User, blogs: Any, *args: Any, page: BlogPostPage | None = None, **options: Any
    ):
        super().__init__(*args, **options)
        self.fields["blog"].queryset = blogs
        self.fields["blog"].label_from_instance = lambda blog: blog.space.label
        self.fields["on_behalf_of"].queryset = units_spoken_for(person)
        if page:
            self.fields["blog"].queryset = BlogPage.objects.filter(pk=page.blog_id).select_related("space")
        if self.fields["blog"].queryset.count() < 2:
            self.fields["blog"].widget = forms.HiddenInput()
        if not self.fields["on_behalf_of"].queryset.exists():
            del self.fields["on_behalf_of"]

    def text(self) -> EntryText:
        """What was typed."""
        said = self.cleaned_data
        return EntryText(
            title=said["title"],
            source=said["source"].replace("\r\n", "\n"),
            tags=[tag.strip() for tag in said["tags"].split(",") if tag.strip()],
            disclosures=said["disclosures"],
            on_behalf_of=said.get("on_behalf_of"),
            comments_open=said["comments_open"],
        )


def initial_of(draft: BlogPostPage) -> dict[str, Any]:
    """What the form shows of a draft."""
    return {
        "title": "" if draft.title == UNTITLED else draft.title,
        "source": draft.source,
        "tags": draft.tag_names,
        "blog": draft.blog_id,
        "on_behalf_of": draft.on_behalf_of_id,
        "disclosures": draft.disclosures,
        "comments_open": draft.comments_open,
        "key": draft.key,
        "draft_version": draft.draft_version,
    }


class CommentForm(WritingForm):
    """A comment under a blog post."""

    source = forms.CharField(label=_("Your comment"), required=False, strip=False, widget=EditorInput(rows=4))
