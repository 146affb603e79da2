"""Writing an article."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.threads.forms import CommentForm
from intranet.content.models import Membership
from intranet.people.models import User
from intranet.settings.product import TITLE_MAX
from intranet.ui.forms import EditorInput, Form, TitleInput
from kms.articles.actions import ArticleText, latest
from kms.articles.models import ArticlePage


class RemarkForm(CommentForm):
    """A comment on an article, which can say that something is no longer true."""

    source = forms.CharField(label=_("Your comment"), required=False, strip=False, widget=EditorInput(rows=3))
    doubts = forms.BooleanField(
        label=_("Something here is no longer true"),
        required=False,
        help_text=_("Its owner is asked to look, and readers see that it is doubted until then."),
    )

    field_order = ["source", "doubts", "disclosures"]


class ArticleForm(Form):
    """The text, who answers for it, and when somebody looks at it again."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_MAX, widget=TitleInput)
    source = forms.CharField(label=_("Text"), strip=False, widget=EditorInput(rows=16))
    tags = forms.CharField(label=_("Topics"), max_length=400, required=False)
    keeper = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        help_text=_("Answers for its being true."),
    )
    fallback = forms.ModelChoiceField(
        label=_("Fall-back owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("When the owner is away."),
    )
    review_days = forms.IntegerField(label=_("Days until somebody looks again"), min_value=7, max_value=730)
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, page: ArticlePage, data: Any = None) -> None:
        now = latest(page)
        said = {name: getattr(now, name) for name in ("title", "source", "keeper", "fallback", "review_days")}
        super().__init__(data, initial=said | {"tags": now.tag_names, "base": page.latest_revision_id})
        members = Membership.objects.filter(space=page.space).exclude(role="guest").values("person")
        kept = Q(pk__in=[page.keeper_id, page.author_id, page.fallback_id])
        people = User.objects.active().filter(Q(pk__in=members) | kept).order_by("name_key")
        for name in ("keeper", "fallback"):
            self.fields[name].queryset = people

    def text(self) -> ArticleText:
        """What was typed, for the action."""
        return ArticleText(**self.cleaned_data)
