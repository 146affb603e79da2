"""Whom a question is put to: whoever is likely to know, or a person, a unit or the experts whom the asker names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.asking.models import Wish
from communities.asking.sealing import asker_of
from communities.promises.duty import on_duty
from communities.roles.reading import experts_in
from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post, Space
from intranet.people.models import OrgUnit, User
from intranet.posting.reach import people_in, readers_of
from intranet.routing.actions import route
from intranet.routing.candidates import Asked, who
from intranet.settings.product import ASKED_EXPERTS, ASKED_OF_UNIT

EXPERTS, BY_NAME = "experts", "name"
"""What a form says: the experts, or whoever is named beside it."""


@dataclass(frozen=True)
class Addressee:
    """Whom the asker names; with nothing set, whoever is likely to know."""

    person: User | None = None
    unit: OrgUnit | None = None
    experts: bool = False

    def __bool__(self) -> bool:
        return bool(self.person or self.unit or self.experts)


@dataclass(frozen=True)
class Line:
    """Somebody who will be asked, and why in a few words."""

    person: User
    why: str | Promise


def named(said: Mapping[str, str]) -> str:
    """What the fields `to` and `name` of a form name, as `addressee` reads it."""
    choice = said.get("to", "")
    return said.get("name", "")[:120] if choice == BY_NAME else choice[:120]


def addressee(asker: User, space: Space, text: str) -> Addressee:
    """What `text` names: nothing, `experts`, `@username`, or `@u/unit`. Raises `Refused` for what is nobody to ask."""
    name = text.strip().removeprefix("@").lower()
    if not name:
        return Addressee()
    if name == EXPERTS:
        if not [expert for expert in experts_in(space) if expert.person.pk != asker.pk]:
            raise Refused(refuse("bad_addressee", _("This community has no expert yet whom you could ask.")))
        return Addressee(experts=True)
    if name.startswith("u/"):
        return Addressee(unit=_unit(asker, name.removeprefix("u/")))
    person = User.objects.active().visible_to(asker).filter(username=name).exclude(pk=asker.pk).first()
    if person is None or not visibility.enters_space(person, space):
        raise Refused(refuse("bad_addressee", _("Nobody of that name reads here. Choose somebody else.")))
    return Addressee(person=person)


def _unit(asker: User, name: str) -> OrgUnit:
    """The unit of that slug or code; a guest knows of none."""
    for unit in OrgUnit.objects.none() if asker.is_guest else OrgUnit.objects.all():
        if name in (unit.slug.lower(), unit.code.lower()):
            return unit
    raise Refused(refuse("bad_addressee", _("There is no unit of that name.")))


def asked_people(asked: Asked, to: Addressee) -> list[Line]:
    """Those whom `to` means for the question `asked`, best first; whoever is likely to know where it names nobody."""
    if to.person:
        return [Line(to.person, _("You ask them by name"))]
    if to.experts:
        return _experts(asked)
    if to.unit:
        return _of_unit(asked, to.unit)
    return [Line(each.person, each.why) for each in who(asked)]


def _experts(asked: Asked) -> list[Line]:
    wanted = {topic.casefold() for topic in asked.topics}
    found = [expert for expert in experts_in(asked.space) if expert.person.pk != asked.reader.pk]
    found.sort(key=lambda expert: not any(topic.name.casefold() in wanted for topic in expert.topics))
    return [
        Line(expert.person, ", ".join(topic.label for topic in expert.topics))
        for expert in found[:ASKED_EXPERTS]
    ]


def _of_unit(asked: Asked, unit: OrgUnit) -> list[Line]:
    """Those of the unit who are likely to know, then those who lead, then by name."""
    leads = User.objects.active().filter(manager=OuterRef("pk"))
    rows = people_in([unit], []).filter(readers_of(asked.space)).exclude(pk=asked.reader.pk)
    rows = rows.select_related("unit").annotate(lead=Exists(leads)).order_by("-lead", "name_key", "pk")
    people = {person.pk: person for person in rows[:200]}
    known = [Line(each.person, each.why) for each in who(asked, limit=100) if each.person.pk in people]
    named = {line.person.pk for line in known}
    rest = [Line(person, person.title or unit.label) for pk, person in people.items() if pk not in named]
    return [*known, *rest][:ASKED_OF_UNIT]


def likely(space: Space, asker: User) -> list[Line]:
    """Who looks after questions here before a word is typed: who is on duty, then the experts."""
    duty = on_duty(space)
    first = [Line(duty, _("On duty this week"))] if duty and duty.pk != asker.pk else []
    held = {line.person.pk for line in first}
    experts = _experts(Asked(reader=asker, space=space))
    return [*first, *(line for line in experts if line.person.pk not in held)][:3]


def remember(question: Post, to: Addressee) -> None:
    """Keep whom the asker of `question` named."""
    if to:
        Wish.objects.create(question=question, person=to.person, unit=to.unit, experts=to.experts)


def send(question: Post, *, topics: Sequence[str], at: datetime) -> list[User]:
    """Ask those whom `question` is put to, in the transaction that makes it public. Never the asker, sealed or not."""
    asker = asker_of(question)
    wish = Wish.objects.filter(question=question).select_related("person", "unit").first()
    asked = Asked(
        reader=question.author, title=question.title, topics=tuple(topics), space=question.space, at=at
    )
    to = Addressee(wish.person, wish.unit, wish.experts) if wish else Addressee()
    people = [line.person for line in asked_people(asked, to) if line.person.pk != asker.pk]
    return route(question, people, at=at)
