"""The built-in checks of the gate, small and in order. Each gets a permit and answers with a verdict."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Verdict, refuse
from intranet.content import voices
from intranet.content.kinds import Posting, PostState, SpaceKind, SpaceRole
from intranet.content.models import Post, Reaction
from intranet.moderation.kinds import STOPPED_BY
from intranet.moderation.models import Lock
from intranet.people.roles import Role
from intranet.settings.product import WRITES_PER_MINUTE

if TYPE_CHECKING:
    from wagtail.models import Page

    from intranet.content.models import Space
    from intranet.moderation.gate import Permit
    from intranet.people.models import User

WRITING_ROLES = frozenset({SpaceRole.OWNER, SpaceRole.MANAGER, SpaceRole.MEMBER})
ARTICLE_ROLES = frozenset({SpaceRole.EXPERT, SpaceRole.MODERATOR})
"""Who publishes articles in a community beside those."""
OUTSIDE = frozenset({Deed.JOIN, Deed.LEAVE, Deed.REVIEW, Deed.MERGE})
"""Deeds on a space, or on all that is in it, that ask only that one knows of it."""
WHILE_ARCHIVED = frozenset({Deed.MANAGE, Deed.LEAVE, Deed.REVIEW})
NOT_FOUND = "not_found"
NOTHING_HERE = _("There is nothing here.")
LOCKED = "locked"


def actor_may_write(permit: Permit) -> Verdict:
    """The person is active and not suspended."""
    if not permit.actor.is_active:
        return refuse("inactive", _("This account is not active, so it cannot write."))
    if permit.actor.is_suspended:
        return refuse(
            "suspended", _("Your right to write is paused. You can still read everything you could before.")
        )
    return ALLOWED


def target_is_visible(permit: Permit) -> Verdict:
    """What one may not see, one may not write on; the answer does not tell whether it exists."""
    if permit.deed == Deed.GIVE_BACK:
        return (
            ALLOWED  # the record of the move names the place; whoever took the thread in need not see into it
        )
    if permit.deed in OUTSIDE:
        seen = visibility.sees_space(permit.actor, permit.space)
    elif permit.post:
        seen = visibility.sees_post(permit.actor, permit.post)
    else:
        seen = visibility.enters_space(permit.actor, permit.space)
    return ALLOWED if seen else refuse(NOT_FOUND, NOTHING_HERE)


def space_is_open(permit: Permit) -> Verdict:
    """An archived space is read-only, and a post that is gone or hidden takes nothing new."""
    if permit.space.archived_at and permit.deed not in WHILE_ARCHIVED:
        return refuse("archived", _("This community is archived and can only be read."))
    if permit.deed in (Deed.REPLY, Deed.REACT, Deed.ACCEPT, Deed.ATTACH, Deed.BALLOT):
        posts = {permit.post, permit.root} - {None}
        if any(post.state != PostState.PUBLISHED for post in posts):
            return refuse("not_published", _("This post is not published, so nothing can be added to it."))
    if permit.deed == Deed.PUBLISH and permit.post and permit.post.state == PostState.DELETED:
        return refuse("removed", _("This post was removed, so it cannot be published again."))
    return ALLOWED


def role_allows(permit: Permit) -> Verdict:
    """Membership and role suffice for the deed."""
    rule = _RULES.get(permit.deed)
    return rule(permit) if rule else ALLOWED


def _may_start(permit: Permit) -> Verdict:
    space, role = permit.space, permit.actor.space_roles.get(permit.space.pk)
    if visibility.moderates_space(permit.actor, space):
        return ALLOWED
    if space.posting == Posting.MANAGERS:
        return refuse(
            "announce_only", _("Only its owners and managers write here. You can answer and comment.")
        )
    if space.posting == Posting.MEMBERS and role is None:
        return refuse("not_member", _("Join this community to write in it."))
    return ALLOWED


def _may_attach(permit: Permit) -> Verdict:
    """A file comes with a text: below a post as whoever may write there, otherwise as who starts a thread, or who
    publishes where people do not start any."""
    if permit.post:
        return ALLOWED
    return _may_publish(permit) if permit.space.kind == SpaceKind.BLOG else _may_start(permit)


def publishes_articles(person: User, space: Space) -> bool:
    """Whether `person` writes articles in a community: its members but for guests, and those who look after it."""
    role = person.space_roles.get(space.pk)
    return role in WRITING_ROLES | ARTICLE_ROLES or visibility.moderates_space(person, space)


def _may_publish(permit: Permit) -> Verdict:
    """Documents: policies by policy owners, a blog by those who write it."""
    if permit.space.kind == SpaceKind.POLICIES:
        if permit.actor.has_role(Role.POLICY_OWNER, Role.ADMIN):
            return ALLOWED
        return refuse("not_policy_owner", _("Policies are published by policy owners."))
    if permit.space.kind == SpaceKind.COMMUNITY:
        if publishes_articles(permit.actor, permit.space):
            return ALLOWED
        return refuse("not_writer", _("Only members of this community publish articles in it."))
    if permit.actor.space_roles.get(permit.space.pk) in WRITING_ROLES:
        return ALLOWED
    return refuse("not_writer", _("Only those who write this blog can publish in it."))


def _may_edit(permit: Permit) -> Verdict:
    if permit.post and voices.wrote(permit.actor, permit.post):
        return ALLOWED
    return _must_moderate(permit)


def _may_arrange(permit: Permit) -> Verdict:
    """As editing, but in one's own name: who is sealed has these done by those who run the place."""
    if permit.post and permit.post.author_id == permit.actor.pk:
        return ALLOWED
    return _must_moderate(permit)


def _may_react(permit: Permit) -> Verdict:
    if permit.post and voices.wrote(permit.actor, permit.post):
        return refuse("own_post", _("You cannot vote for your own post."))
    return ALLOWED


def _must_moderate(permit: Permit) -> Verdict:
    if visibility.moderates_space(permit.actor, permit.space):
        return ALLOWED
    return refuse("not_moderator", _("Only moderators of this place can do that."))


def _must_run(permit: Permit) -> Verdict:
    if visibility.runs_space(permit.actor, permit.space):
        return ALLOWED
    return refuse("not_runner", _("Only the owners and managers of this place can do that."))


def _must_review(permit: Permit) -> Verdict:
    if visibility.reviews_space(permit.actor, permit.space):
        return ALLOWED
    return refuse("not_runner", _("Only the owners and managers of this place can do that."))


_RULES = {
    Deed.START: _may_start,
    Deed.ATTACH: _may_attach,
    Deed.PUBLISH: _may_publish,
    Deed.EDIT: _may_edit,
    Deed.REACT: _may_react,
    Deed.DECIDE: _must_moderate,
    Deed.MANAGE: _must_moderate,
    Deed.RUN: _must_run,
    Deed.REVIEW: _must_review,
    Deed.MERGE: _must_review,
    Deed.MOVE: _must_moderate,
    Deed.TAKE: _must_moderate,
    Deed.RESHAPE: _must_moderate,
    Deed.CONVERT: _may_arrange,
    Deed.POLL: _may_arrange,
}


def lock_over(permit: Permit) -> Lock | None:
    """The lock that stops this deed, the narrowest first, or None."""
    scopes = STOPPED_BY.get(permit.deed)
    if not scopes:
        return None
    found = Lock.objects.stopping(post=permit.post, space=permit.space, person=permit.actor, scopes=scopes)
    return found or (lock_on_page(permit.page, scopes) if permit.page else None)


def lock_on_page(page: Page, scopes: frozenset[str]) -> Lock | None:
    """The lock on `page` or on a page above it."""
    above = [page.path[: step * page.steplen] for step in range(1, page.depth + 1)]
    held = Lock.objects.holding().with_clause().filter(page__path__in=above, scope__in=scopes)
    return held.order_by("-page__depth").first()


def nothing_locks(permit: Permit) -> Verdict:
    """No lock on the post, its thread or its space stops this deed."""
    lock = lock_over(permit)
    if not lock:
        return ALLOWED
    words = (
        _("Your right to write here is paused under %(policy)s, %(clause)s, version %(version)s.")
        if lock.person_id
        else _("This is locked under %(policy)s, %(clause)s, version %(version)s. Your text is kept.")
    )
    message = words % {
        "policy": lock.clause.version.policy.label,
        "clause": lock.clause.number,
        "version": lock.clause.version.number,
    }
    return refuse(LOCKED, message, lock=lock)


def pace_is_human(permit: Permit) -> Verdict:
    """At most 30 new posts or 30 reactions a minute from one person."""
    if not settings.KESHER_RATE_LIMITS:
        return ALLOWED
    since = timezone.now() - timedelta(minutes=1)
    match permit.deed:
        case Deed.START | Deed.REPLY:
            recent = Post.objects.filter(author=permit.actor, created__gt=since).count()
        case Deed.REACT:
            recent = Reaction.objects.filter(person=permit.actor, at__gt=since).count()
        case _:
            return ALLOWED
    if recent < WRITES_PER_MINUTE:
        return ALLOWED
    return refuse("too_fast", _("That is a lot in one minute. Your text is kept; try again in a moment."))
