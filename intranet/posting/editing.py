"""Changing what a post says: at once, or once a moderator has looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from intranet.access.deeds import Deed
from intranet.activity.log import record
from intranet.attachments.actions import attach
from intranet.content import voices
from intranet.content.composing import Composed, compose
from intranet.content.models import Post, Revision
from intranet.content.tagging import set_tags
from intranet.moderation import gate
from intranet.moderation.cases import seams
from intranet.moderation.models import HeldEdit
from intranet.moderation.standing.edits import Change, keep_waiting
from intranet.people.models import User
from intranet.policies.disclosing import replace_disclosures
from intranet.posting.once import Writer
from intranet.posting.sealed import must_not_show
from intranet.posting.verbs import EDITED
from intranet.rules.applying import Ruling, judge


class EditConflict(Exception):
    """The post was edited meanwhile; `current` is what it says now."""

    def __init__(self, current: Post) -> None:
        super().__init__("edited meanwhile")
        self.current = current


def edit(
    *,
    editor: User,
    post: Post,
    source: str,
    base_revision: int,
    title: str | None = None,
    tags: Sequence[str] | None = None,
    disclosures: Sequence[str] | None = None,
) -> Post:
    """Replace the text of `post`, keeping what it said as a revision; topics and disclosures stay where they are None.

    Raises `Refused` by the gate or a rule, and `EditConflict` when `base_revision` is not the current one. An edit that
    says the same as the post already does changes nothing. An edit that a rule, or the place, wants looked at first
    leaves the post as it is: it waits as the post's `waiting_edit`, see `waits`.
    """
    with gate.permit(editor, Deed.EDIT, post=post) as permit:
        current = permit.post
        change = Change(current.title if title is None else title, source, tags, disclosures)
        unchanged = (change.title, source) == (current.title, current.source)
        if base_revision != current.revision and not unchanged:
            raise EditConflict(current)
        return _say_more(current, change) if unchanged else _rewrite(permit, change)


def waits(edited: Post) -> bool:
    """Whether a change of `edited` waits to be looked at."""
    return HeldEdit.objects.filter(post=edited).exists()


def _say_more(post: Post, change: Change) -> Post:
    """Topics and disclosures alone; who puts the old text back takes the waiting change back."""
    HeldEdit.objects.filter(post=post).delete()
    if change.tags is not None:
        set_tags(post, change.tags)
    if change.disclosures is not None:
        replace_disclosures(post, change.disclosures)
    return post


def _rewrite(permit: gate.Permit, change: Change) -> Post:
    """Make the post say `change`, or let it wait."""
    composed, ruling = _judged(permit, change)
    if why := ruling.why_edit_waits:
        keep_waiting(permit, change, why)
        return permit.post
    HeldEdit.objects.filter(post=permit.post).delete()
    return _write(permit, change, composed, ruling)


def _judged(permit: gate.Permit, change: Change) -> tuple[Composed, Ruling]:
    speaker = voices.voice_of(permit.actor, permit.post)
    must_not_show(Writer(permit.actor, speaker, None), change.source)
    composed = compose(
        kind=permit.post.kind,
        title=change.title,
        source=change.source,
        author=permit.actor,
        space=permit.space,
    )
    said: dict[str, Any] = {"tags": change.tags, "disclosures": change.disclosures}
    mine = voices.wrote(permit.actor, permit.post)
    return composed, judge(permit, composed.columns, answerable=mine, **said)


def _write(permit: gate.Permit, change: Change, composed: Composed, ruling: Ruling) -> Post:
    """Put the new text in the place of the old one, with what follows from it."""
    post, speaker = permit.post, voices.voice_of(permit.actor, permit.post)
    if change.tags is not None:
        set_tags(post, change.tags)
    attach(owner=permit.actor, source=change.source, post=post, below=post)
    Revision.objects.create(
        post=post, number=post.revision, title=post.title, source=post.source, editor=speaker
    )
    for column, value in composed.columns.items():
        setattr(post, column, value)
    post.revision += 1
    post.edited = timezone.now()
    post.save()
    if change.disclosures is not None:
        replace_disclosures(post, change.disclosures)
    ruling.follow(post)
    record(EDITED, speaker, about=post.author, post=post, revision=post.revision)
    return post


@seams.publishes_edits(Deed.EDIT, documents=False)
def publish_waiting(permit: gate.Permit, held: HeldEdit) -> Post:
    """Publish the change of a post that a moderator has looked at: what rules say of it is noted and stops nothing."""
    change = Change(held.title, held.source, held.tags, held.disclosures)
    composed, ruling = _judged(permit, change)
    post = _write(permit, change, composed, ruling.looked_at)
    seams.has_changed(post)
    return post
