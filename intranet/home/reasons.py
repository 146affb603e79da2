"""Why an item is in somebody's feed, in one true sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post
from intranet.home.interests import Interests
from intranet.people.models import User
from intranet.ui.tags import bdi


@dataclass(frozen=True)
class Reason:
    """A sentence of the reader's language and the icon before it."""

    icon: str
    text: str


def _community_words(post: Post) -> str:
    sentences = {
        PostKind.QUESTION: _("Question in {space}, your community"),
        PostKind.IDEA: _("Idea in {space}, your community"),
        PostKind.ANNOUNCEMENT: _("Announcement in {space}, your community"),
        PostKind.ARTICLE: _("Article in {space}, your community"),
    }
    return sentences.get(PostKind(post.kind)) or _("Discussion in {space}, your community")


def _own(post: Post, answered_by: User | None) -> Reason | None:
    if answered_by:
        text = format_html(_("{name} answered your question"), name=bdi(answered_by.display_name))
        return Reason("messages-square", text)
    if post.reply_count:
        return Reason("messages-square", _("There are replies to what you started"))
    return None


def reason_for(
    post: Post, reader: User, interests: Interests, answered_by: User | None = None
) -> Reason | None:
    """The strongest reason for `post`, a thread, to be in the feed of `reader`; None when there is none.

    From what is about the reader to what is near them: named in it, started it, follows it, follows who wrote it or
    its topic, is a member of its community, follows its space, and last a document from a unit they have no ties with.
    """
    mention = interests.mentions.get(post.pk)
    if mention:
        return Reason("at-sign", format_html(_("{name} mentioned you"), name=bdi(mention.actor.display_name)))
    if post.author_id == reader.pk:
        return _own(post, answered_by)
    if post.pk in interests.posts:
        question = post.kind == PostKind.QUESTION
        return Reason("bell", _("You follow this question") if question else _("You follow this thread"))
    if post.author_id in interests.people:
        return Reason("bell", format_html(_("You follow {name}"), name=bdi(post.author.display_name)))
    topic = next((tag for tag in post.tags.all() if tag.pk in interests.tags), None)
    if topic:
        return Reason("bookmark", format_html(_("A topic you follow: {topic}"), topic=bdi(topic.label)))
    space = bdi(post.space.label)
    if post.space_id in reader.space_roles:
        return Reason("messages-square", format_html(_community_words(post), space=space))
    if post.space_id in interests.spaces:
        return Reason("bell", format_html(_("You follow {space}"), space=space))
    unit = post.author.unit
    if post.kind in DOCUMENT_KINDS and unit and unit.pk not in interests.met_units:
        return Reason(
            "user-round-plus", format_html(_("From a unit you rarely meet: {unit}"), unit=bdi(unit.label))
        )
    return None
