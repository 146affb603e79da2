"""Changes that wait: an edit under which a rule speaks anew is looked at before readers get it.

What readers have stays as it was meanwhile. Whoever edits again replaces the change that waits; a moderator publishes it,
or says why not under a clause, and the author can appeal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.cases import actions as cases
from intranet.moderation.cases import seams
from intranet.moderation.cases.deciding import decide
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.kinds import Outcome
from intranet.moderation.models import Decision, HeldEdit
from intranet.moderation.verbs import EDIT_HELD, EDIT_PUBLISHED
from intranet.people.models import User
from intranet.settings.product import REVIEW_HOURS


@dataclass(frozen=True)
class Change:
    """What an edit would make of a post; None leaves topics or disclosures as they are."""

    title: str
    source: str
    tags: Sequence[str] | None = None
    disclosures: Sequence[str] | None = None


@dataclass(frozen=True)
class Why:
    """What wants a change looked at: a rule with its clause and what it found, or nothing but the place."""

    clause: Any = None
    rule: str = ""
    excerpt: str = ""


def keep_waiting(permit: gate.Permit, change: Change, why: Why) -> HeldEdit:
    """Let `change` of the post of `permit` wait. Called inside that permit."""
    moment = timezone.now()
    facts = {
        "editor": permit.actor,
        "title": change.title,
        "source": change.source,
        "tags": None if change.tags is None else list(change.tags),
        "disclosures": None if change.disclosures is None else list(change.disclosures),
        "base_revision": permit.post.revision,
        "clause": why.clause,
        "rule": why.rule,
        "excerpt": why.excerpt[:200],
        "since": moment,
        "due": moment + timedelta(hours=REVIEW_HOURS),
    }
    waits, _made = HeldEdit.objects.update_or_create(post=permit.post, defaults=facts)
    author = permit.post.author
    record(EDIT_HELD, author, about=author, post=permit.post, at=moment, ref=permit.post.public_id)
    return waits


def waiting_edits(moderator: User) -> QuerySet[HeldEdit]:
    """Changes that wait in the places that `moderator` runs, those due first; never their own."""
    places = Space.objects.moderated_by(moderator)
    rows = HeldEdit.objects.filter(post__space__in=places).exclude(editor=moderator)
    return rows.exclude(post__author=moderator).select_related(
        "post__root", "post__space", "post__author__unit", "post__parent__author", "editor"
    )


def _waiting(permit: gate.Permit) -> HeldEdit:
    found = HeldEdit.objects.select_related("editor").filter(post=permit.post).first()
    if found is None:
        raise Refused(refuse("not_held", _("This change no longer waits.")))
    if permit.actor.pk in (permit.post.author_id, found.editor_id):
        raise Refused(refuse("party", _("You wrote this post, so another moderator decides about it.")))
    return found


def publish_edit(*, actor: User, post: Post) -> Post:
    """Make the change that waits what readers get, in the name of who wrote it. Raises `Refused`: also when its editor
    may not edit now, and when the post was changed since."""
    editor = User.objects.filter(held_edits__post=post).first() or actor
    wanted = gate.Want(actor, Deed.DECIDE, post), gate.Want(editor, seams.deed_of_edit(post), post)
    with gate.permit_all(*wanted) as (deciding, editing):
        published = release_edit(editing, _waiting(deciding))
        record(EDIT_PUBLISHED, deciding.actor, about=published.author, post=published)
        return published


def release_edit(editing: gate.Permit, waits: HeldEdit) -> Post:
    """Publish `waits` under the permit of its editor."""
    if waits.base_revision != editing.post.revision:
        raise Refused(
            refuse(
                "old_version", _("The post was changed since, so its author has to make this change again.")
            )
        )
    published = seams.publish_edit(editing, waits)
    waits.delete()
    return published


def publish_again(deciding: gate.Permit) -> None:
    """Publish the change that waits again after an appeal; where that cannot be, it goes on waiting."""
    waits = HeldEdit.objects.select_related("editor").filter(post=deciding.post).first()
    if waits is None:
        return
    try:
        with gate.permit(waits.editor, seams.deed_of_edit(deciding.post), post=deciding.post) as editing:
            release_edit(editing, waits)
    except Refused:
        return


def refuse_edit(*, actor: User, post: Post, clause: Any, note: str) -> Decision:
    """Do not publish the change that waits, and say why: the post stays as it is. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        _waiting(permit)
        case = cases.case_of(permit.post, timezone.now())
        return decide(
            actor=permit.actor,
            case=case,
            outcome=Outcome.REFUSE_EDIT,
            clause=clause,
            note=note,
            means=Means(beside=case.flags.exists()),
        )
