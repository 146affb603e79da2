"""Erasing a person: their name goes from everywhere, what they wrote for others stays.

Two people are needed: the person or an administrator asks, another administrator agrees. A legal hold stops it. What
goes is the name, the address, the profile, the account and all rows that were the person's own; the audit trail and the
log stay, and point to a person without a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.attachments import storing
from intranet.audit import holds, trail
from intranet.content import guard
from intranet.content.composing import compose
from intranet.content.files import Attachment
from intranet.content.kinds import DOCUMENT_KINDS, SpaceRole
from intranet.content.models import Membership, Post, Revision, Space
from intranet.keeping.holdings import holdings
from intranet.keeping.models import Erasure, Takeout
from intranet.moderation.gate import past_locks
from intranet.people.models import User
from intranet.search import indexing
from intranet.text.lines import skeleton

NAME, NAME_HE = "Former colleague", "מהצוות לשעבר"
PREFIX = "former-"


def may_erase(actor: User) -> bool:
    """Whether `actor` asks to erase others and agrees to it: administrators."""
    return actor.is_active and actor.administers


def is_erased(person: User) -> bool:
    return person.username == f"{PREFIX}{person.pk}" and not person.is_active


def hindrance(person: User) -> Verdict:
    """What stands against erasing `person`, or a yes."""
    if is_erased(person):
        return refuse("erased", _("This person was erased already."))
    if holds.is_held(person):
        return refuse("held", _("A legal hold keeps this person's data. It has to end first."))
    alone = Space.objects.filter(
        memberships__person=person, memberships__role=SpaceRole.OWNER, kind="community", archived_at=None
    ).exclude(pk__in=Membership.objects.filter(role=SpaceRole.OWNER).exclude(person=person).values("space"))
    if alone.exists():
        return refuse(
            "owns", _("They are the only owner of a community. Somebody has to take it over first.")
        )
    return Verdict(True)


@transaction.atomic
def request_erasure(*, actor: User, person: User, reason: str = "") -> Erasure:
    """Ask that `person` be erased; one that waits already is returned. Raises `Refused`."""
    if actor.pk != person.pk and not may_erase(actor):
        raise Refused(refuse("not_admin", _("People are erased by administrators.")))
    User.objects.select_for_update().get(pk=person.pk)
    waiting = Erasure.objects.filter(person=person, settled_at=None).first()
    if waiting:
        return waiting
    if is_erased(person):
        raise Refused(refuse("erased", _("This person was erased already.")))
    erasure = Erasure.objects.create(person=person, requested_by=actor, reason=reason)
    trail.write("erasure_requested", actor, about=person, erasure=erasure.pk)
    return erasure


@transaction.atomic
def decline(*, actor: User, erasure: Erasure) -> Erasure:
    """Take a request back as who made it, or say no to it as an administrator who is not the person. Raises `Refused`."""
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    others = may_erase(actor) and actor.pk != erasure.person_id
    if actor.pk != erasure.requested_by_id and not others:
        raise Refused(refuse("not_admin", _("People are erased by administrators.")))
    if not erasure.waits:
        raise Refused(refuse("settled", _("This was settled meanwhile.")))
    erasure.settled_by, erasure.settled_at = actor, timezone.now()
    erasure.save()
    trail.write("erasure_declined", actor, about=erasure.person, erasure=erasure.pk)
    return erasure


def may_agree(actor: User, erasure: Erasure) -> Verdict:
    """Whether `actor` may agree to the erasure."""
    if not may_erase(actor):
        return refuse("not_admin", _("People are erased by administrators."))
    if not erasure.waits:
        return refuse("settled", _("This was settled meanwhile."))
    if actor.pk in (erasure.requested_by_id, erasure.person_id):
        return refuse("same_person", _("Another administrator than who asked has to agree."))
    return Verdict(True)


@transaction.atomic
def erase(*, actor: User, erasure: Erasure) -> Erasure:
    """Erase the person as somebody else asked; `summary` says what went and what stays. Raises `Refused`."""
    erasure = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    person = User.objects.select_for_update(of=("self",)).get(pk=erasure.person_id)
    verdict = may_agree(actor, erasure) and hindrance(person)
    if not verdict:
        raise Refused(verdict)
    with trail.acting(actor), guard.opened(), past_locks():
        mentions = _Mentions(person).take_out()
        _unname_blogs(person)
        gone = _delete_own(person)
        _forget(person)
    erasure.summary = {"gone": gone, "mentions": mentions, "stays": _staying(person)}
    erasure.settled_by, erasure.settled_at = actor, timezone.now()
    erasure.done_at, erasure.reason = erasure.settled_at, ""
    erasure.save()
    trail.write("erased", actor, about=person, erasure=erasure.pk, **erasure.summary)
    return erasure


def _delete_own(person: User) -> dict[str, int]:
    """Delete the rows that were the person's own, and files that were never posted; how many by kind."""
    gone: dict[str, int] = {}
    for takeout in Takeout.objects.filter(person=person):
        takeout.path.unlink(missing_ok=True)
    for attachment in Attachment.objects.filter(owner=person, post=None):
        Attachment.objects.filter(pk=attachment.pk).delete()
        storing.remove(attachment)
        gone["intranet.Attachment.owner"] = gone.get("intranet.Attachment.owner", 0) + 1
    for holding in holdings():
        if holding.stays:
            continue
        if deleted := _delete(holding.rows(person)):
            gone[holding.name] = deleted
    return gone


def _delete(rows: QuerySet) -> int:
    """Delete `rows`; those that something else leans on stay, and point to a person without a name."""
    try:
        with transaction.atomic():
            return rows.delete()[0]
    except ProtectedError:
        return 0


def _unname_blogs(person: User) -> None:
    """A blog of one's own carries one's name: in its title and its address."""
    for page in Page.objects.filter(blogpage__owner_person=person, blogpage__unit=None).select_related(
        "blogpage__space"
    ):
        Page.objects.filter(pk=page.pk).update(title=NAME, draft_title=NAME)
        slug = f"{PREFIX}{person.pk}-{page.pk}"
        Space.objects.filter(pk=page.blogpage.space_id).update(name=NAME, name_he=NAME_HE, slug=slug)


def _forget(person: User) -> None:
    """Make the account nobody's: no name, address, place in the organisation, right or way in."""
    person.groups.clear()
    person.user_permissions.clear()
    User.objects.filter(manager=person).update(manager=None)
    blank: dict[str, Any] = {
        field.name: None if field.null else field.get_default()
        for field in User._meta.local_concrete_fields
        if not field.primary_key and not isinstance(field, ForeignKey) and field.name != "created"
    }
    blank |= {
        "username": f"{PREFIX}{person.pk}",
        "username_skeleton": skeleton(f"{PREFIX}{person.pk}"),
        "name": NAME,
        "name_he": NAME_HE,
        "name_key": NAME.casefold(),
        "is_active": False,
        "unit": None,
        "manager": None,
    }
    User.objects.filter(pk=person.pk).update(**blank)
    person.refresh_from_db()
    person.set_unusable_password()
    person.save(update_fields=["password"])


def _staying(person: User) -> dict[str, int]:
    """How many rows of each kind stay. Confidences are not counted: administrators read the figures."""
    staying = [holding for holding in holdings() if holding.stays and holding.shown]
    counts = {holding.name: holding.rows(person).count() for holding in staying}
    return {name: count for name, count in counts.items() if count}


@dataclass
class _Mentions:
    """`@username` in what others wrote becomes a name that says nothing, in the text and in what it said before."""

    person: User

    def take_out(self) -> int:
        """Write every text anew in which the person is mentioned; how many posts."""
        pattern = re.compile(rf"@{re.escape(self.person.username)}(?![\w-]|\.\w)", re.IGNORECASE)
        named = f"@{self.person.username}"
        for revision in Revision.objects.filter(source__icontains=named):
            Revision.objects.filter(pk=revision.pk).update(source=pattern.sub(self._new, revision.source))
        posts = list(
            Post.objects.filter(source__icontains=named)
            .exclude(kind__in=DOCUMENT_KINDS)
            .select_related("author", "space", "root")
        )
        for post in posts:
            self._rewrite(post, pattern.sub(self._new, post.source))
        indexing.index_posts([post.pk for post in posts])
        return len(posts)

    @property
    def _new(self) -> str:
        return f"@{PREFIX}{self.person.pk}"

    def _rewrite(self, post: Post, source: str) -> None:
        composed = compose(
            kind=post.kind, title=post.title, source=source, author=post.author, space=post.space
        )
        Post.objects.filter(pk=post.pk).update(**composed.columns)
