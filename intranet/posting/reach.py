"""How many people a mention of groups tells. Many are told only after the writer has confirmed it, very many only by
those who are trusted with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import Visibility
from intranet.content.mentioning import Mentioned
from intranet.content.models import Membership, Space
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from intranet.settings.product import REACH_LIMIT, REACH_WARNING
from intranet.text.errors import TextError
from intranet.text.render import render

CONFIRM = "reach"
"""The code of a refusal that becomes a yes when it is confirmed."""


def people_in(units: Iterable[OrgUnit], spaces: Iterable[Space]) -> QuerySet[User]:
    """Active people of `units`, with all that is below them, and members of `spaces`."""
    wanted = Q(pk__in=Membership.objects.filter(space__in=list(spaces)).values("person"))
    for unit in units:
        wanted |= Q(unit=unit) | Q(unit__path__startswith=f"{unit.path}/")
    return User.objects.active().filter(wanted)


def readers_of(space: Space) -> Q:
    """People who read in `space`: the list of `visibility.enters_space`."""
    members = Q(pk__in=Membership.objects.filter(space=space).values("person"))
    if space.visibility == Visibility.OPEN:
        return members | ~Q(roles__contains=[Role.GUEST])
    if space.visibility == Visibility.REQUEST:
        trusted = Q(roles__overlap=[Role.MODERATOR, Role.ADMIN]) & ~Q(roles__contains=[Role.GUEST])
        return members | trusted
    return members


def reach_of(said: Mentioned) -> int:
    """How many people besides the author are told because a group is mentioned."""
    if not (said.units or said.spaces):
        return 0
    told = people_in(said.units, said.spaces).exclude(pk=said.author.pk)
    return told.filter(readers_of(said.space)).count()


def may_reach_many(person: User, space: Space) -> bool:
    """Whether `person` may tell more people at once than `REACH_LIMIT`."""
    return visibility.moderates_space(person, space) or person.has_role(Role.KM, Role.MODERATOR, Role.ADMIN)


def must_not_reach_too_many(author: User, space: Space, said: Mentioned) -> None:
    """Raise `Refused` when a mention would tell more people than its author may."""
    reach = reach_of(said)
    if reach > REACH_LIMIT and not may_reach_many(author, space):
        sentence = _(
            "This mention would reach %(count)s people. More than %(limit)s are told by those who run the community."
        )
        raise Refused(refuse("reach_limited", sentence % {"count": reach, "limit": REACH_LIMIT}))


def mentioned_in(author: User, space: Space, source: str) -> Mentioned:
    """Whom `source` mentions, before anything is stored; nobody in a text that cannot be read."""
    said = Mentioned(author, space)
    try:
        render(source, names=said.names)
    except TextError:
        return Mentioned(author, space)
    return said


def must_be_confirmed(*, author: User, space: Space, source: str, confirmed: int) -> None:
    """Raise `Refused` (`reach`) when mentions would tell many people and the writer has confirmed fewer than that."""
    if "@c/" not in source and "@u/" not in source:
        return
    reach = reach_of(mentioned_in(author, space, source))
    if reach > max(REACH_WARNING, confirmed):
        sentence = ngettext(
            "This mention tells %(count)s person at once.",
            "This mention tells %(count)s people at once.",
            reach,
        )
        raise Refused(refuse(CONFIRM, sentence % {"count": reach}, reach=reach))
