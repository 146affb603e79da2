"""Deeds around cases: report a post, ask for a look, take a case, hand it over, step back, note."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.moderation.cases import seams, weighing
from intranet.moderation.kinds import CaseState, FlagSource
from intranet.moderation.models import Case, CaseNote, Flag, Recusal
from intranet.moderation.verbs import FLAGGED, HANDED_OVER, HIDDEN_MEANWHILE
from intranet.people.models import User
from intranet.settings.product import HIDDEN_REVIEW_HOURS, REQUEST_WEIGHT, REVIEW_HOURS


def case_of(post: Post, moment: datetime) -> Case:
    """The case about `post` that has not ended; opened when there is none. Called under the row lock of its thread."""
    live = Case.objects.open().filter(post=post).first()
    due = moment + timedelta(hours=REVIEW_HOURS)
    return live or Case.objects.create(post=post, opened=moment, due=due)


def flag(
    *,
    reporter: User,
    post: Post,
    clause: Any,
    note: str = "",
    source: str = FlagSource.FLAG,
    at: datetime | None = None,
) -> Flag:
    """Report `post` under `clause` (a ClauseVersion); a second report by the same person updates the first.

    A request comes from those who run the place and always counts in full. Raises `Refused` for somebody who has
    reported too much today.
    """
    moment = at or timezone.now()
    with gate.permit(reporter, Deed.FLAG, post=post) as permit:
        _check_request(permit, source)
        case = case_of(permit.post, moment)
        known = case.flags.filter(reporter=permit.actor).first()
        if known:
            known.clause, known.note = clause, note
            known.save(update_fields=["clause", "note"])
            return known
        weight = _weight(permit.actor, source, moment)
        report = Flag.objects.create(
            case=case,
            reporter=permit.actor,
            source=source,
            clause=clause,
            note=note,
            weight=weight,
            at=moment,
        )
        record(FLAGGED, permit.actor, post=permit.post, at=moment, case=case.pk)
        _hide_meanwhile(permit, case, moment)
        return report


def _check_request(permit: gate.Permit, source: str) -> None:
    if source == FlagSource.REQUEST and not visibility.moderates_space(permit.actor, permit.space):
        raise Refused(refuse("not_moderator", _("Only those who run this place can ask for a decision.")))


def _weight(reporter: User, source: str, moment: datetime) -> float:
    if source != FlagSource.FLAG:
        return REQUEST_WEIGHT
    weight = weighing.weight_of(reporter)
    if weighing.flags_left(reporter, weight, moment) <= 0:
        words = _(
            "You have reported a lot today. Moderators are looking at it; more can be reported tomorrow."
        )
        raise Refused(refuse("too_many_flags", words))
    return weight


def report_by_rule(
    *,
    post: Post,
    clause: Any,
    rule: str,
    note: str = "",
    weight: float = 1.0,
    source: str = FlagSource.RULE,
) -> Flag:
    """Note that the rule called `rule`, or another program, found something in `post`.

    Called in the transaction that writes the post, or under the row lock of its thread.
    """
    case = case_of(post, timezone.now())
    report, _made = Flag.objects.update_or_create(
        case=case,
        rule=rule,
        defaults={"clause": clause, "note": note, "weight": weight, "source": source},
    )
    return report


def _hide_meanwhile(permit: gate.Permit, case: Case, moment: datetime) -> None:
    """Hide the post when enough was reported, until a moderator has looked. That happens once a case."""
    post = permit.post
    if case.auto_hidden_at or post.state != PostState.PUBLISHED or not weighing.hides(case.flags.all()):
        return
    with gate.past_locks():
        post.state = PostState.HIDDEN
        post.save(update_fields=["state"])
    case.auto_hidden_at = moment
    case.due = min(case.due, moment + timedelta(hours=HIDDEN_REVIEW_HOURS))
    case.save(update_fields=["auto_hidden_at", "due"])
    # The author learns that it happened; the sentence they read names nobody.
    record(HIDDEN_MEANWHILE, permit.actor, about=post.author, post=post, at=moment, case=case.pk)
    with gate.past_locks():
        seams.has_changed(post)


def under_review(actor: User, case: Case, permit: gate.Permit) -> Case:
    """`case`, locked and read anew, when `actor` may decide it: not ended, not taken, no party, not escalated past them.

    Raises `Refused`. Called inside a permit for its post.
    """
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    fresh.post = permit.post
    if fresh.state == CaseState.DECIDED:
        raise Refused(refuse("decided", _("This case was decided in the meantime.")))
    if fresh.claimed_by_id not in (None, actor.pk):
        raise Refused(refuse("claimed", _("Another moderator is working on this case.")))
    if permit.post.author_id == actor.pk:
        raise Refused(refuse("party", _("You wrote this post, so another moderator decides about it.")))
    if fresh.recusals.filter(person=actor).exists():
        raise Refused(
            refuse("party", _("You said that you are party to this case, so somebody else decides."))
        )
    if fresh.escalated_at and not actor.moderates_everywhere:
        raise Refused(
            refuse("escalated", _("This case was escalated: the organisation's moderators decide it."))
        )
    return fresh


def claim(*, actor: User, case: Case, claimed: bool = True) -> Case:
    """Make `case` claimed by `actor`, or released; a case that somebody else holds is refused."""
    with gate.permit(actor, Deed.DECIDE, post=case.post) as permit:
        fresh = under_review(permit.actor, case, permit)
        fresh.claimed_by = permit.actor if claimed else None
        fresh.save(update_fields=["claimed_by"])
        return fresh


def hand_over(*, actor: User, case: Case, to: User, note: str = "") -> Case:
    """Give `case` to another moderator of its place, who is told. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=case.post) as permit:
        fresh = under_review(permit.actor, case, permit)
        fitting = visibility.moderates_space(to, permit.space) and to.is_active
        party = to.pk == permit.post.author_id or fresh.recusals.filter(person=to).exists()
        if not fitting or party or to.pk == permit.actor.pk:
            raise Refused(
                refuse("bad_moderator", _("Choose another moderator of this place, who is no party."))
            )
        fresh.claimed_by = to
        fresh.save(update_fields=["claimed_by"])
        if note.strip():
            CaseNote.objects.create(case=fresh, author=permit.actor, text=note.strip())
        record(HANDED_OVER, permit.actor, about=to, post=permit.post, case=fresh.pk, ref=fresh.public_id)
        return fresh


def recuse(*, actor: User, case: Case) -> None:
    """Note that `actor` is party to `case`: they give it back and never decide it, nor an appeal about it."""
    with gate.permit(actor, Deed.DECIDE, post=case.post):
        Recusal.objects.get_or_create(case=case, person=actor)
        Case.objects.filter(pk=case.pk, claimed_by=actor).update(claimed_by=None)


def note(*, actor: User, case: Case, text: str) -> CaseNote:
    """Leave a note that the moderators of the place read, and nobody else."""
    said = text.strip()
    if not said:
        raise Refused(refuse("empty", _("Write something first.")))
    with gate.permit(actor, Deed.DECIDE, post=case.post):
        return CaseNote.objects.create(case=case, author=actor, text=said)


def colleagues(case: Case, person: User) -> list[User]:
    """Moderators of the place of `case` to whom `person` could hand it over, by name."""
    space = case.post.space
    candidates = User.objects.active().filter(
        memberships__space=space, memberships__role__in=visibility.MODERATING_ROLES
    )
    everywhere = User.objects.active().filter(roles__overlap=["moderator", "admin"])
    people = {each.pk: each for each in [*candidates, *everywhere]}
    parties = set(case.recusals.values_list("person_id", flat=True)) | {person.pk, case.post.author_id}
    fitting = [
        each for each in people.values() if each.pk not in parties and visibility.moderates_space(each, space)
    ]
    return sorted(fitting, key=lambda each: each.name_key)
