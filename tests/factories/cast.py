"""One small organisation that most tests play in: the cast, four spaces of every visibility, a policy clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from communities.charters.models import Charter
from intranet.content.kinds import Joining, SpaceKind, SpaceRole, Visibility
from intranet.content.models import Membership, Space
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role

PASSWORD = "correct horse battery"


@dataclass
class Cast:
    """People by the part they play and the spaces they meet in."""

    people: dict[str, User]
    spaces: dict[str, Space]

    def __getattr__(self, name: str) -> User | Space:
        for group in (self.people, self.spaces):
            if name in group:
                return group[name]
        raise AttributeError(name)


def person(username: str, *roles: str, unit: OrgUnit | None = None, **columns: Any) -> User:
    """An active person whose password is `PASSWORD`."""
    columns = {"name": username.title(), "email": f"{username}@example.org", "roles": list(roles)} | columns
    return User.objects.create_user(username, password=PASSWORD, unit=unit, **columns)


def space(slug: str, visibility: str = Visibility.OPEN, *, owner: User, **columns: Any) -> Space:
    """A community with its charter and owner."""
    columns = {"name": slug.title(), "joining": Joining.OPEN} | columns
    made = Space.objects.create(slug=slug, visibility=visibility, **columns)
    Membership.objects.create(space=made, person=owner, role=SpaceRole.OWNER)
    if made.kind == SpaceKind.COMMUNITY:
        Charter.objects.create(space=made, owner=owner)
    return made


def join(place: Space, *people: User, role: str = SpaceRole.MEMBER) -> None:
    """Make `people` members of `place`."""
    for each in people:
        Membership.objects.create(space=place, person=each, role=role)
        each.__dict__.pop("space_roles", None)


def make_cast() -> Cast:
    """The cast. `outsider` is a member of nothing; `former` left the secret space; `guest` sees `partners` only."""
    field = OrgUnit.objects.create(path="Service/Field", name="Field service", name_he="שירות שטח", colour=8)
    lab = OrgUnit.objects.create(path="R&D/Lab", name="Lab", name_he="מעבדה", colour=2)
    people = {
        "noa": person("noa", Role.EMPLOYEE, unit=lab, name="Noa Tiltan", name_he="נועה תלתן", language="he"),
        "alex": person("alex", Role.EMPLOYEE, unit=lab, name="Alex Dromi"),
        "hiba": person("hiba", Role.EMPLOYEE, unit=field, name="Hiba Zeituni"),
        "owner": person("owner", Role.EMPLOYEE, unit=lab, name="Omer Vardan"),
        "outsider": person("outsider", Role.EMPLOYEE, unit=field, name="Olga Stern"),
        "former": person("former", Role.EMPLOYEE, unit=field, name="Ferid Malka"),
        "moderator": person("moderator", Role.EMPLOYEE, Role.MODERATOR, unit=lab, name="Tomer Regev"),
        "moderator2": person("moderator2", Role.EMPLOYEE, Role.MODERATOR, unit=field, name="Mor Alon"),
        "km": person("km", Role.EMPLOYEE, Role.KM, unit=field, name="Michal Arvati"),
        "admin": person("admin", Role.EMPLOYEE, Role.ADMIN, unit=lab, name="Adam Kor", is_staff=True),
        "guest": person("guest", Role.GUEST, name="Gita Outside"),
        "suspended": person(
            "suspended",
            Role.EMPLOYEE,
            unit=lab,
            name="Sami Paused",
            suspended_until=timezone.now() + timedelta(days=3),
        ),
        "inactive": person("inactive", Role.EMPLOYEE, unit=lab, name="Ina Left", is_active=False),
    }
    owner = people["owner"]
    spaces = {
        "open": space("open-talk", owner=owner, name="Actuators", name_he="מפעילים"),
        "request": space(
            "by-request", Visibility.REQUEST, owner=owner, name="Line 3", joining=Joining.REQUEST
        ),
        "secret": space("merger", Visibility.SECRET, owner=owner, name="Merger", joining=Joining.INVITE),
        "partners": space("partners", owner=owner, name="Partners"),
    }
    cast = Cast(people, spaces)
    for place in spaces.values():
        join(place, people["noa"], people["alex"])
    join(spaces["open"], people["hiba"], people["suspended"], people["former"])
    join(spaces["partners"], people["guest"], role=SpaceRole.GUEST)
    for each in people.values():
        each.__dict__.pop("space_roles", None)
    return cast
