"""Deeds around threads that are no questions: start one, reply in one, comment anywhere, withdraw what one wrote."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.questions import states
from communities.texts import WithReply, WithThread
from communities.verbs import ANNOUNCED, REPLIED, STARTED
from intranet.access.verdict import Refused, refuse
from intranet.content import voices
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.once import Written
from intranet.posting.verbs import COMMENTED

TALKS = {
    PostKind.DISCUSSION: STARTED,
    PostKind.IDEA: STARTED,
    PostKind.ANNOUNCEMENT: ANNOUNCED,
}
"""What can be started that is no question, and the verb of doing so."""


def start(
    *,
    author: User,
    space: Space,
    kind: str,
    title: str,
    **text: Unpack[WithThread],
) -> Written:
    """Start a discussion, an idea or an announcement. Raises `Refused` as `posting.start` does."""
    if kind not in TALKS:
        raise Refused(refuse("bad_kind", _("Choose a discussion, an idea or an announcement.")))
    return posting.start(
        author=author,
        space=space,
        kind=kind,
        title=title,
        verb=TALKS[PostKind(kind)],
        **text,
    )


def reply(
    *,
    author: User,
    parent: Post,
    source: str,
    **text: Unpack[WithReply],
) -> Written:
    """Reply in a discussion, to the thread itself or to a reply in it. Raises `Refused`."""
    if parent.thread.kind not in TALKS:
        raise Refused(refuse("bad_kind", _("This takes no replies of that kind.")))
    with transaction.atomic():
        written = posting.reply(
            author=author,
            parent=parent,
            kind=PostKind.REPLY,
            source=source,
            verb=REPLIED,
            **text,
        )
        if written.created:
            states.settle_after(written.post)
        return written


def comment(
    *,
    author: User,
    parent: Post,
    source: str,
    **text: Unpack[WithReply],
) -> Written:
    """Comment on a question or an answer. What answers a comment hangs on the post below which that one hangs."""
    below = parent.parent if parent.kind == PostKind.COMMENT and parent.parent else parent
    with transaction.atomic():
        written = posting.reply(
            author=author,
            parent=below,
            kind=PostKind.COMMENT,
            source=source,
            verb=COMMENTED,
            **text,
        )
        root = written.post.root
        if written.created and root.kind == PostKind.QUESTION and voices.wrote(author, root):
            states.settle(root, written.post.created)
        return written


def withdraw(*, actor: User, post: Post) -> Post:
    """Take `post` out of sight; a question that loses its answer waits again. Raises `Refused`."""
    with transaction.atomic():
        removed = posting.remove(actor=actor, post=post)
        if removed.kind == PostKind.ANSWER:
            states.settle(removed.thread)
        return removed
