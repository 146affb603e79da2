"""Look before publishing: which posts wait, and what happens when somebody has looked.

A post that waits is written like any other, with its number and its text, but nobody is told, nothing is routed and no
reader sees it. When it is published, what would have been told at first is told then.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.verbs import Verb, verb_named
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.cases import actions as cases
from intranet.moderation.cases import seams
from intranet.moderation.cases.deciding import decide
from intranet.moderation.kinds import Outcome
from intranet.moderation.models import Decision, Held, LookFirst, Standing
from intranet.moderation.verbs import HELD_BACK, HELD_PUBLISHED
from intranet.people.models import User
from intranet.settings.product import REVIEW_HOURS


def state_of_new(permit: gate.Permit) -> str:
    """`held` when what is written under `permit` is looked at first, else `published`. Moderators are not held."""
    if visibility.moderates_space(permit.actor, permit.space):
        return PostState.PUBLISHED
    first = Standing.objects.filter(space=permit.space, look_first=True).exists()
    person = LookFirst.objects.filter(space=permit.space, person=permit.actor)
    return PostState.HELD if first or person.exists() else PostState.PUBLISHED


def hold_back(post: Post, verb: Verb, *, at: datetime | None = None) -> Held:
    """Note that `post`, just written as held, waits; `verb` is what is told when it is published."""
    moment = at or timezone.now()
    waits = Held.objects.create(
        post=post,
        verb=verb.name,
        since=moment,
        due=moment + timedelta(hours=REVIEW_HOURS),
    )
    record(HELD_BACK, post.author, about=post.author, post=post, at=moment, ref=post.public_id)
    return waits


def waiting(moderator: User) -> QuerySet[Held]:
    """What waits in the places that `moderator` runs, those due first; never what they wrote themselves."""
    places = Space.objects.filter(visibility.spaces_moderated_by(moderator))
    rows = Held.objects.filter(post__state=PostState.HELD, post__space__in=places)
    return (
        rows.exclude(post__author=moderator)
        .select_related("post__root", "post__space", "post__author__unit", "post__parent__author")
        .prefetch_related("post__judgements")
    )


def _held(permit: gate.Permit) -> Held:
    found = Held.objects.filter(post=permit.post).first()
    if found is None or permit.post.state != PostState.HELD:
        raise Refused(refuse("not_held", _("This post no longer waits.")))
    if permit.post.author_id == permit.actor.pk:
        raise Refused(refuse("party", _("You wrote this post, so another moderator decides about it.")))
    return found


def publish(*, actor: User, post: Post) -> Post:
    """Publish what waits, and tell what would have been told at first. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        release(permit, _held(permit))
        return permit.post


def release(permit: gate.Permit, waits: Held) -> None:
    """Make the post that waits published. Called inside a permit to decide."""
    post, moment = permit.post, timezone.now()
    post.state = PostState.PUBLISHED
    post.created = post.last_activity = moment
    post.save(update_fields=["state", "created", "last_activity"])
    if permit.root.pk != post.pk:
        permit.root.last_activity = moment
        permit.root.save(update_fields=["last_activity"])
    about = post.parent.author if post.parent else None
    record(verb_named(waits.verb), post.author, about=about, post=post, at=moment)
    record(HELD_PUBLISHED, permit.actor, about=post.author, post=post, at=moment)
    waits.delete()
    seams.came_out(post)


def refuse_held(*, actor: User, post: Post, clause: Any, note: str) -> Decision:
    """Do not publish what waits, and say why; its author reads the reason and can appeal. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        _held(permit)
        case = cases.case_of(permit.post, timezone.now())
        return decide(actor=permit.actor, case=case, outcome=Outcome.REFUSE, clause=clause, note=note)
