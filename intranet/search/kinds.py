"""What can be found."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intranet.content.kinds import PostKind


class EntryType(TextChoices):
    """The kinds of results, in the order in which filters show them."""

    QUESTION = "question", _("Questions")
    ANSWER = "answer", _("Answers")
    DISCUSSION = "discussion", _("Discussions")
    REPLY = "reply", _("Replies")
    IDEA = "idea", _("Ideas")
    ANNOUNCEMENT = "announcement", _("Announcements")
    ARTICLE = "article", _("Articles")
    BLOG_POST = "blog_post", _("Blog posts")
    POLICY = "policy", _("Policies")
    PERSON = "person", _("People")
    COMMUNITY = "community", _("Communities")


TYPE_OF_POST: Final[dict[str, EntryType]] = {
    PostKind.QUESTION: EntryType.QUESTION,
    PostKind.ANSWER: EntryType.ANSWER,
    PostKind.DISCUSSION: EntryType.DISCUSSION,
    PostKind.REPLY: EntryType.REPLY,
    PostKind.COMMENT: EntryType.REPLY,
    PostKind.IDEA: EntryType.IDEA,
    PostKind.ANNOUNCEMENT: EntryType.ANNOUNCEMENT,
    PostKind.ARTICLE: EntryType.ARTICLE,
    PostKind.BLOG_POST: EntryType.BLOG_POST,
    PostKind.POLICY: EntryType.POLICY,
}
"""The type under which a post is found. Comments and replies are one thing to a reader who searches."""

ASKABLE: Final = (
    EntryType.QUESTION,
    EntryType.ARTICLE,
    EntryType.DISCUSSION,
    EntryType.BLOG_POST,
    EntryType.POLICY,
)
"""What may already answer a question that is being typed."""
