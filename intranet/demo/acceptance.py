"""A fixed small world for tests from outside: the same seed gives the same people, passwords, tokens and ids.

What it made is written down as a plain dictionary; see `AcceptanceWorld.described`.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone, translation

from communities.charters.models import Charter
from communities.questions import actions as questions
from communities.threads import actions as talks
from intranet.activity import readers
from intranet.content.kinds import Joining, PostKind, SpaceRole, Visibility
from intranet.content.models import Membership, Post, Space
from intranet.content.public_ids import repeatable
from intranet.demo import content as files
from intranet.demo import documents, founding
from intranet.demo.records import Content
from intranet.people.models import ApiToken, OrgUnit, User
from intranet.people.roles import Role
from intranet.policies.models import PolicyVersion
from intranet.posting import actions as posting

LEAST_PEOPLE = 40
"""With fewer the smallest community has too few people to talk."""
SPECIAL = {
    Role.MODERATOR: "moderator",
    Role.KM: "km",
    Role.ADMIN: "admin",
    Role.POLICY_OWNER: "policyowner",
    Role.GUEST: "guest",
}
"""Of each of these roles there are two people, `moderator1` and `moderator2` and so on."""
SUSPENDED = "suspended1"
THREADS_EACH = 8
BLOG_POSTS = 4


@dataclass(frozen=True)
class Place:
    """A community of the acceptance world; every `every`-th employee is a member."""

    slug: str
    name: str
    name_he: str
    visibility: str
    joining: str
    every: int
    guests: bool = False


PLACES = (
    Place("workshop", "Workshop", "בית המלאכה", Visibility.OPEN, Joining.OPEN, 2),
    Place("partners", "Partners", "שותפים", Visibility.OPEN, Joining.OPEN, 3, guests=True),
    Place("quality-board", "Quality board", "ועדת איכות", Visibility.REQUEST, Joining.REQUEST, 4),
    Place("merger", "Merger", "מיזוג", Visibility.SECRET, Joining.INVITE, 7),
    Place("new-product", "New product", "מוצר חדש", Visibility.SECRET, Joining.INVITE, 9),
)


@dataclass
class AcceptanceWorld:
    """What was made."""

    seed: int
    people: list[User] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    policies: list[PolicyVersion] = field(default_factory=list)

    def described(self) -> dict[str, Any]:
        """The world as the contract names it: people, spaces, posts, policies."""
        members: dict[int, list[str]] = {space.pk: [] for space in self.spaces}
        rows = Membership.objects.filter(space__in=self.spaces).order_by("person__username")
        for space, username in rows.values_list("space_id", "person__username"):
            members[space].append(username)
        return {
            "people": [self._person(person) for person in self.people],
            "spaces": [
                {
                    "slug": space.slug,
                    "visibility": space.visibility,
                    "join": space.joining,
                    "members": members[space.pk],
                }
                for space in self.spaces
            ],
            "posts": [
                {"id": post.public_id, "kind": post.kind, "space": post.space.slug} for post in self.posts
            ],
            "policies": [
                {"slug": version.policy.slug, "clauses": [clause.anchor for clause in version.clauses.all()]}
                for version in self.policies
            ],
        }

    def _person(self, person: User) -> dict[str, Any]:
        return {
            "username": person.username,
            "password": password_of(self.seed),
            "token": token_of(self.seed, person.username),
            "roles": list(person.roles),
            "unit": person.unit.code if person.unit else None,
            "language": person.language,
            "suspended": person.is_suspended,
        }


def password_of(seed: int) -> str:
    """The password of everybody in the world of `seed`."""
    return f"acceptance-{seed}"


def token_of(seed: int, username: str) -> str:
    """The API token of one person in the world of `seed`."""
    return "ksh_" + hashlib.sha256(f"{seed}:{username}".encode()).hexdigest()[:43]


def build(seed: int, *, people: int = 200, now: datetime | None = None) -> AcceptanceWorld:
    """Make the world with `people` people in one transaction. Raises ValueError for fewer than 40."""
    if people < LEAST_PEOPLE:
        raise ValueError(f"The acceptance world needs at least {LEAST_PEOPLE} people.")
    moment = (now or timezone.now()).replace(second=0, microsecond=0)
    content = files.load()
    world = AcceptanceWorld(seed)
    with transaction.atomic(), repeatable(seed), translation.override("en"):
        units = founding.found_units(content)
        world.people = _hire(seed, people, [units[code] for code in founding.COLOURS], moment)
        world.spaces = [_open(place, world.people, moment) for place in PLACES]
        world.policies = _publish_policies(content, world.people, moment)
        source = random.Random(seed)
        for space in world.spaces:
            world.posts += _write(space, content, source, moment)
        world.posts += _publish_blogs(content, world.people, moment)
        readers.catch_up_all()
    return world


def _usernames(people: int) -> list[tuple[str, list[str]]]:
    """`(username, roles)` of everybody: two of each special role, one suspended, employees for the rest."""
    special: list[tuple[str, list[str]]] = [
        (f"{name}{number}", [role] if role == Role.GUEST else [Role.EMPLOYEE, role])
        for role, name in SPECIAL.items()
        for number in (1, 2)
    ]
    special.append((SUSPENDED, [Role.EMPLOYEE]))
    employees: list[tuple[str, list[str]]] = [
        (f"employee{n}", [Role.EMPLOYEE]) for n in range(1, people - len(special) + 1)
    ]
    return special + employees


def _hire(seed: int, people: int, units: list[OrgUnit], now: datetime) -> list[User]:
    password = make_password(password_of(seed))
    made = []
    for place, (username, roles) in enumerate(_usernames(people)):
        person = User(
            username=username,
            email=f"{username}@acceptance.example",
            password=password,
            name=username.capitalize(),
            language="he" if place % 2 else "en",
            unit=None if Role.GUEST in roles else units[place % len(units)],
            roles=roles,
            suspended_until=now + timedelta(days=3650) if username == SUSPENDED else None,
            is_demo=True,
            is_staff=Role.ADMIN in roles,
            is_superuser=Role.ADMIN in roles,
        )
        person.save()
        ApiToken.issue(person, "acceptance", token_of(seed, username))
        made.append(person)
    return made


def _open(place: Place, people: list[User], now: datetime) -> Space:
    space = Space.objects.create(
        slug=place.slug,
        name=place.name,
        name_he=place.name_he,
        purpose=f"{place.name}, for tests.",
        visibility=place.visibility,
        joining=place.joining,
        created=now - timedelta(days=100),
    )
    employees = [person for person in people if person.username.startswith("employee")]
    owner, *others = employees[:: place.every]
    Charter.objects.create(space=space, owner=owner, goal="Tests pass.")
    roles = {owner: SpaceRole.OWNER} | dict.fromkeys(others, SpaceRole.MEMBER)
    if place.guests:
        roles |= dict.fromkeys((each for each in people if each.is_guest), SpaceRole.GUEST)
    if place.visibility == Visibility.OPEN:
        roles |= {each: SpaceRole.MEMBER for each in people if each.username == SUSPENDED}
    Membership.objects.bulk_create(
        Membership(space=space, person=person, role=role, joined=now - timedelta(days=90))
        for person, role in roles.items()
    )
    return space


def _publish_policies(content: Content, people: list[User], now: datetime) -> list[PolicyVersion]:
    owner = next(person for person in people if person.has_role(Role.POLICY_OWNER))
    versions = documents.publish_policies(content, dict.fromkeys(content.policies, owner), now=now)
    return [versions[slug] for slug in sorted(versions)]


def _publish_blogs(content: Content, people: list[User], now: datetime) -> list[Post]:
    """A blog post of each of the first employees."""
    employees = [person for person in people if person.username.startswith("employee")]
    entries = sorted(content.blogs.values(), key=lambda entry: entry.id)[:BLOG_POSTS]
    return [
        documents.publish_entry(replace(entry, on_behalf=""), author, None, now)
        for entry, author in zip(entries, employees, strict=False)
    ]


def _write(space: Space, content: Content, source: random.Random, now: datetime) -> list[Post]:
    """Threads of every kind with answers, a comment, an acceptance and votes."""
    writers = list(
        User.objects.filter(memberships__space=space, username__startswith="employee").order_by("pk")
    )
    written: list[Post] = []
    threads = source.sample(sorted(content.threads), THREADS_EACH)
    for number, key in enumerate(threads):
        model = content.threads[key]
        at = now - timedelta(days=60 - 7 * number, minutes=number)
        author, *helpers = source.sample(writers, min(4, len(writers)))
        body = {"author": author, "space": space, "title": model.title, "source": _plain(model.body)}
        if number % 2 == 0:
            written += _question(body, model.tags, helpers, accept=number % 4 == 0, at=at)
        else:
            kind = (PostKind.DISCUSSION, PostKind.IDEA)[number // 2 % 2]
            root = talks.start(**body, kind=kind, tags=model.tags, at=at).post
            written.append(root)
            for step, helper in enumerate(helpers[:2], 1):
                reply = talks.reply(
                    author=helper, parent=root, source=f"Reply {step}.", at=at + timedelta(hours=step)
                )
                written.append(reply.post)
    return written


def _question(
    body: dict[str, Any], tags: tuple[str, ...], helpers: list[User], *, accept: bool, at: datetime
) -> list[Post]:
    question = questions.ask(**body, tags=tags, at=at).post
    if not accept:
        return [question]
    answer = questions.answer(
        author=helpers[0], question=question, source="Answer.", at=at + timedelta(hours=2)
    ).post
    comment = talks.comment(
        author=helpers[1], parent=answer, source="Comment.", at=at + timedelta(hours=3)
    ).post
    questions.accept(actor=body["author"], question=question, answer=answer, at=at + timedelta(hours=4))
    for helper in helpers[1:]:
        posting.react(person=helper, post=answer, value=1, at=at + timedelta(hours=5))
    return [question, answer, comment]


def _plain(markdown: str) -> str:
    """The text without mentions: the people it names do not live here."""
    return markdown.replace("@", "")
