"""Deeds that every kind of post shares: start a thread, reply, react, remove; `editing` changes what is there.

Each passes the gate, changes the tables and leaves one event, in one transaction. Apps call them with their own
verbs and add what only their kind has. None takes a request or makes HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.attachments.actions import attach
from intranet.content import voices
from intranet.content.composing import compose
from intranet.content.kinds import PostState, ReactionKind
from intranet.content.models import Post, Reaction, Space
from intranet.content.placing import fitting
from intranet.content.tagging import set_tags
from intranet.moderation import gate
from intranet.people.models import User
from intranet.policies.disclosing import set_disclosures
from intranet.posting.editing import EditConflict, edit, waits
from intranet.posting.once import Writer, Written, already_written, digest_of, written_meanwhile
from intranet.posting.reach import must_not_reach_too_many
from intranet.posting.sealed import must_not_show
from intranet.posting.telling import tell
from intranet.posting.verbs import HELPED, REMOVED, THANKED, VOTED
from intranet.rules.applying import judge

__all__ = ["EditConflict", "Written", "edit", "react", "remove", "reply", "start", "waits"]


def start(
    *,
    author: User,
    space: Space,
    kind: str,
    title: str,
    verb: Verb,
    source: str = "",
    tags: Sequence[str] = (),
    disclosures: Sequence[str] = (),
    client_token: str | None = None,
    at: datetime | None = None,
    voice: User | None = None,
) -> Written:
    """Start a thread of `kind` in `space`; with `voice` in the name of that account, and `author` is sealed.

    Raises `Refused`: by the gate, for a text that cannot be stored, or (`token_reused`) for a client token that
    was used with another body.
    """
    said = {"disclosures": sorted(disclosures), "tags": list(tags)}
    digest = digest_of(space=space.pk, kind=kind, title=title, source=source, **said)
    writer = Writer(author, voice or author, client_token)
    if earlier := already_written(writer, digest):
        return earlier  # also when the place was closed since: what was accepted stays accepted
    moment = at or timezone.now()
    with gate.permit(author, Deed.START, space=space) as permit:
        if earlier := written_meanwhile(writer, digest):
            return earlier
        must_not_show(writer, source)
        composed = compose(kind=kind, title=title, source=source, author=permit.actor, space=permit.space)
        must_not_reach_too_many(permit.actor, permit.space, composed.mentioned)
        ruling = judge(permit, composed.columns, tags=tags, disclosures=disclosures, at=moment)
        post = Post.objects.create(
            kind=kind,
            state=ruling.state_of_new,
            space=permit.space,
            author=voice or permit.actor,
            client_token=writer.token,
            client_digest=digest,
            created=moment,
            last_activity=moment,
            **composed.columns,
        )
        if voice:
            voices.close(permit.actor, post)
        set_tags(post, tags)
        set_disclosures(post, disclosures)
        attach(owner=permit.actor, source=source, post=post)
        ruling.follow(post)
        tell(verb, composed, post, moment)
        return Written(post, created=True)


def reply(
    *,
    author: User,
    parent: Post,
    kind: str,
    source: str,
    verb: Verb,
    disclosures: Sequence[str] = (),
    client_token: str | None = None,
    at: datetime | None = None,
) -> Written:
    """Write below `parent`, which may be a thread or a post in one. Raises `Refused` as `start` does."""
    digest = digest_of(parent=parent.pk, kind=kind, source=source, disclosures=sorted(disclosures))
    writer = Writer(author, voices.voice_of(author, parent.thread), client_token)
    if earlier := already_written(writer, digest):
        return earlier
    moment = at or timezone.now()
    with gate.permit(author, Deed.REPLY, post=parent) as permit:
        if earlier := written_meanwhile(writer, digest):
            return earlier
        root = permit.root
        if voices.sealed_for(permit.actor, root) != writer.is_sealed:
            raise Refused(
                refuse(
                    "moving", _("This is being moved right now. Your text is kept; try again in a moment.")
                )
            )
        must_not_show(writer, source)
        kind, below = fitting(kind, root, permit.post)
        composed = compose(kind=kind, title="", source=source, author=permit.actor, space=permit.space)
        must_not_reach_too_many(permit.actor, permit.space, composed.mentioned)
        ruling = judge(permit, composed.columns, disclosures=disclosures, at=moment)
        state = ruling.state_of_new
        root.reply_count += 1
        if state == PostState.PUBLISHED:
            root.last_activity = max(root.last_activity, moment)
        root.save(update_fields=["reply_count", "last_activity"])
        post = Post.objects.create(
            kind=kind,
            state=state,
            space=permit.space,
            author=writer.voice if writer.is_sealed else permit.actor,
            root=root,
            parent=below,
            number=root.reply_count,
            client_token=writer.token,
            client_digest=digest,
            created=moment,
            last_activity=moment,
            **composed.columns,
        )
        if writer.is_sealed:
            voices.close(permit.actor, post)
        set_disclosures(post, disclosures)
        attach(owner=permit.actor, source=source, post=post, below=below)
        ruling.follow(post)
        tell(verb, composed, post, moment, about=below.author)
        return Written(post, created=True)


_REACTION_VERBS = {
    ReactionKind.VOTE: VOTED,
    ReactionKind.THANKS: THANKED,
    ReactionKind.HELPED: HELPED,
}


def react(
    *, person: User, post: Post, value: int, kind: str = ReactionKind.VOTE, at: datetime | None = None
) -> Post:
    """Make `person`'s reaction to `post` be `value`: 1, -1 (not for thanks) or 0 for none. Safe to repeat.

    Returns the post with its new score. Raises `Refused` by the gate.
    """
    if value not in ((0, 1) if kind == ReactionKind.THANKS else (-1, 0, 1)):
        raise Refused(refuse("bad_value", _("A vote is up, down or none.")))
    moment = at or timezone.now()
    with gate.permit(person, Deed.REACT, post=post) as permit:
        target = permit.post
        mine = Reaction.objects.filter(post=target, person=permit.actor, kind=kind)
        before = mine.values_list("value", flat=True).first() or 0
        if before == value:
            return target
        if value:
            Reaction.objects.update_or_create(
                post=target, person=permit.actor, kind=kind, defaults={"value": value, "at": moment}
            )
        else:
            mine.delete()
        if kind == ReactionKind.VOTE:
            target.score = F("score") + (value - before)
            target.save(update_fields=["score"])
            target.refresh_from_db(fields=["score"])
        record(
            _REACTION_VERBS[ReactionKind(kind)],
            permit.actor,
            about=target.author,
            post=target,
            at=moment,
            value=value,
            before=before,
        )
        return target


def remove(*, actor: User, post: Post) -> Post:
    """Take `post` out of sight, keeping its place in the thread. Its author or a moderator may."""
    with gate.permit(actor, Deed.EDIT, post=post) as permit:
        if permit.post.state != PostState.DELETED:
            permit.post.state = PostState.DELETED
            permit.post.save(update_fields=["state"])
            record(
                REMOVED,
                voices.voice_of(permit.actor, permit.post),
                about=permit.post.author,
                post=permit.post,
            )
        return permit.post
