"""Deeds of those who run a community: its working hours, its turns of duty, and saying why a promise was missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.promises.models import Counting, DutyPerson, DutySwap, OfficeHours, Week
from communities.promises.verbs import EXPLAINED, PROMISED, TURN_GIVEN, TURNS_SET
from communities.questions.models import QuestionDetail
from communities.questions.promises import due_in, promise_of
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Post, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.routing.clock import NoWorkingTime
from intranet.routing.rota import WEEK, week_of
from intranet.settings.product import ANSWER_TARGET_HOURS
from intranet.text.lines import clean_line

WEEKS_AHEAD = 26
"""How far ahead a week can be swapped: half a year of holidays is planned, not more."""
REASON_MAX = 300


@dataclass(frozen=True)
class Working:
    """What a community promises and when it works; `holidays` are (day, name) in any order."""

    hours: int = ANSWER_TARGET_HOURS
    week: str = Week.SUNDAY_TO_THURSDAY
    counting: str = Counting.WHOLE_DAYS
    opens: time = time(9)
    closes: time = time(18)
    zone: str = "Asia/Jerusalem"
    holidays: tuple[tuple[date, str], ...] = ()

    @property
    def columns(self) -> dict[str, object]:
        """The columns of `OfficeHours`."""
        columns = asdict(self) | {
            "holidays": [
                {"day": day.isoformat(), "name": clean_line(name)}
                for day, name in sorted(dict(self.holidays).items())
            ]
        }
        del columns["hours"]
        return columns


def set_hours(*, actor: User, space: Space, working: Working, at: datetime | None = None) -> OfficeHours:
    """Make `working` what `space` promises; questions asked before keep the time they were told.

    Raises `Refused` for who does not run the community, and (`bad_promise`) for a calendar without working time.
    """
    with gate.permit(actor, Deed.MANAGE, space=space) as permit:
        office, _new = OfficeHours.objects.get_or_create(space=permit.space)
        charter, _new = Charter.objects.get_or_create(space=permit.space, defaults={"owner": permit.actor})
        before = (charter.answer_within_hours, {name: getattr(office, name) for name in working.columns})
        if before == (working.hours, working.columns):
            return office
        charter.answer_within_hours = working.hours
        charter.save(update_fields=["answer_within_hours"])
        for name, value in working.columns.items():
            setattr(office, name, value)
        office.save()
        _check(permit.space)
        record(PROMISED, permit.actor, space=permit.space, at=at, hours=working.hours)
        return office


def _check(space: Space) -> None:
    """Refuse a promise that could never come due."""
    fresh = Space.objects.select_related("charter", "office_hours").get(pk=space.pk)
    try:
        due_in(fresh, timezone.now())
    except NoWorkingTime:
        raise Refused(
            refuse("bad_promise", _("With these days and hours nobody would ever work. Check them."))
        ) from None


def set_turns(*, actor: User, space: Space, people: Sequence[User], at: datetime | None = None) -> None:
    """Make `people` take weekly turns in this order, the first one this week. Swaps stay as they are.

    Raises `Refused` for who does not run the community, and for people who are no members or stand there twice.
    """
    with gate.permit(actor, Deed.MANAGE, space=space) as permit:
        rows = DutyPerson.objects.filter(space=permit.space)
        if list(rows.values_list("person", flat=True)) == [person.pk for person in people]:
            return
        if len({person.pk for person in people}) < len(people):
            raise Refused(refuse("bad_turns", _("Each person stands in the order once.")))
        for person in people:
            _check_holder(permit.space, person)
        rows.delete()
        DutyPerson.objects.bulk_create(
            DutyPerson(space=permit.space, person=person, place=place) for place, person in enumerate(people)
        )
        OfficeHours.objects.update_or_create(
            space=permit.space, defaults={"rota_since": _this_week(permit.space)}
        )
        record(TURNS_SET, permit.actor, space=permit.space, at=at, people=[person.pk for person in people])


def colleague(reader: User, username: str) -> User:
    """The colleague of that name. Raises `Refused` for a name that `reader` does not find."""
    person = User.objects.active().visible_to(reader).filter(username=username).first()
    if person is None:
        words = _("There is nobody with the username %(name)s.") % {"name": username}
        raise Refused(refuse("bad_turns", words))
    return person


def _this_week(space: Space) -> date:
    calendar = promise_of(space).calendar
    return week_of(timezone.now().astimezone(calendar.zone).date(), calendar)


def _check_holder(space: Space, person: User) -> None:
    member = Membership.objects.filter(space=space, person=person).exclude(role=SpaceRole.GUEST)
    if person.is_guest or not person.is_active or not member.exists():
        message = _("%(name)s cannot be on duty: it takes a colleague who is a member here.")
        raise Refused(refuse("bad_turns", message % {"name": person.display_name}))


def swap(*, actor: User, space: Space, week: date, person: User | None) -> None:
    """Make `person` have the week of duty that begins on `week`; None gives it back to whose turn it is.

    Raises `Refused` for who does not run the community, and for a week that is past, too far or none.
    """
    with gate.permit(actor, Deed.MANAGE, space=space) as permit:
        first = _this_week(permit.space)
        if (week - first) % WEEK or not first <= week <= first + WEEKS_AHEAD * WEEK:
            raise Refused(refuse("bad_turns", _("Choose one of the weeks in the list.")))
        mine = DutySwap.objects.filter(space=permit.space, week=week)
        if person is None:
            mine.delete()
            return
        if mine.filter(person=person).exists():
            return
        _check_holder(permit.space, person)
        DutySwap.objects.update_or_create(space=permit.space, week=week, defaults={"person": person})
        record(TURN_GIVEN, permit.actor, about=person, space=permit.space, week=week.isoformat())


def explain(*, actor: User, question: Post, reason: str, at: datetime | None = None) -> None:
    """Publish why the promise to `question` was missed, in the words of those who run the community."""
    with gate.permit(actor, Deed.DECIDE, post=question) as permit:
        line = clean_line(reason)[:REASON_MAX]
        changed = QuestionDetail.objects.filter(post=permit.root).exclude(miss_note=line)
        if changed.update(miss_note=line):
            record(EXPLAINED, permit.actor, about=permit.root.author, post=permit.root, at=at)
