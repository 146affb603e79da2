"""Opening a sealed name: one moderator says why, another one agrees, and who asked is told."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.asking.models import Unsealing
from communities.asking.sealing import asker_of
from communities.asking.verbs import OPENING_ASKED, OPENING_DECLINED, SEAL_OPENED, SEAL_READ, SEAL_TOLD
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content import voices
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.text.lines import clean_line


def may_open(person: User) -> Verdict:
    """Whether `person` is one of those who can ask for a name: moderators and administrators of the organisation."""
    if person.moderates_everywhere and not person.is_guest:
        return ALLOWED
    return refuse("not_moderator", _("Only moderators and administrators of the organisation open a name."))


def _demand(permit: gate.Permit) -> None:
    verdict = may_open(permit.actor)
    if not verdict:
        raise Refused(verdict)
    if not voices.is_voice(permit.root.author):
        raise Refused(refuse("not_sealed", _("This question is not anonymous.")))
    if voices.sealed_for(permit.actor, permit.root):
        raise Refused(refuse("party", _("Somebody else decides about this.")))


def ask_to_open(*, actor: User, question: Post, reason: str) -> Unsealing:
    """Ask who wrote `question`, and say why. The same question twice is one request. Raises `Refused`."""
    line = clean_line(reason)[:500]
    with gate.permit(actor, Deed.DECIDE, post=question) as permit:
        _demand(permit)
        if waiting := Unsealing.objects.filter(post=permit.root, settled_at=None).first():
            return waiting
        if not line:
            raise Refused(refuse("no_reason", _("Say why the name has to be known.")))
        asked = Unsealing.objects.create(post=permit.root, reason=line, asked_by=permit.actor)
        record(OPENING_ASKED, permit.actor, post=permit.root, reason=line)
        return asked


def settle(*, actor: User, unsealing: Unsealing, agree: bool) -> Unsealing:
    """Agree that the name is opened, or keep it sealed: somebody else than who asked. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=unsealing.post) as permit:
        _demand(permit)
        row = Unsealing.objects.select_for_update(of=("self",)).get(pk=unsealing.pk)
        if row.settled_at:
            if row.opened == agree and row.settled_by_id == permit.actor.pk:
                return row
            raise Refused(refuse("too_late", _("Somebody decided about this already.")))
        if agree and row.asked_by_id == permit.actor.pk:
            raise Refused(refuse("takes_two", _("You asked for the name, so somebody else has to agree.")))
        if not agree and row.asked_by_id == permit.actor.pk:
            raise Refused(refuse("takes_two", _("You asked for the name, so somebody else decides.")))
        row.settled_by, row.settled_at, row.opened = permit.actor, timezone.now(), agree
        row.save()
        record(SEAL_OPENED if agree else OPENING_DECLINED, permit.actor, post=permit.root)
        if agree:
            record(SEAL_TOLD, permit.actor, about=asker_of(permit.root))
        return row


def read_name(*, actor: User, unsealing: Unsealing) -> User | None:
    """Who asked, for the two who opened it; each look is in the log. None for everybody else and before."""
    if not unsealing.opened or actor.pk not in (unsealing.asked_by_id, unsealing.settled_by_id):
        return None
    with gate.permit(actor, Deed.DECIDE, post=unsealing.post) as permit:
        record(SEAL_READ, permit.actor, post=permit.root)
        return asker_of(permit.root)


def requests_for(person: User) -> QuerySet[Unsealing]:
    """The requests about questions in places that `person` moderates, for who may open."""
    if not may_open(person):
        return Unsealing.objects.none()
    rows = Unsealing.objects.filter(post__in=Post.objects.visible_to(person))
    rows = rows.filter(post__space__in=Space.objects.moderated_by(person))
    return rows.select_related("post__space", "post__author", "asked_by", "settled_by")
