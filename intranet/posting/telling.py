"""Who hears of a new post: its event, and one for whom it mentions. Of a post that is looked at first, when it comes out."""

from __future__ import annotations

from datetime import datetime

from intranet.access import visibility
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.composing import Composed, compose
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation.cases.seams import when_published
from intranet.moderation.standing import held
from intranet.people.models import User
from intranet.posting.verbs import CALLED, MENTIONED


def tell(verb: Verb, composed: Composed, post: Post, at: datetime, about: User | None = None) -> None:
    """Leave the event of a new post; of one that is looked at first, when it comes out."""
    if post.state == PostState.HELD:
        held.hold_back(post, verb, at=at)
        return
    record(verb, post.author, about=about, post=post, at=at)
    _tell_mentioned(composed, post, at)


@when_published
def _tell_mentioned_now(post: Post) -> None:
    """Who is mentioned in a post that was looked at first hears of it when it comes out."""
    composed = compose(
        kind=post.kind, title=post.title, source=post.source, author=post.author, space=post.space
    )
    _tell_mentioned(composed, post, post.created)


def _tell_mentioned(composed: Composed, post: Post, at: datetime) -> None:
    """One event for each person, and one for all groups together: who that is, is asked when they are told."""
    said = composed.mentioned
    for person in said.people:
        if person.pk != post.author_id and visibility.sees_post(person, post):
            record(MENTIONED, post.author, about=person, post=post, at=at)
    if said.units or said.spaces:
        units, spaces = ([group.pk for group in groups] for groups in (said.units, said.spaces))
        record(CALLED, post.author, post=post, at=at, units=units, spaces=spaces)
