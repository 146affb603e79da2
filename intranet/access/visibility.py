"""Who may see what, in two shapes: a `Q` for lists and a boolean for one object.

The two shapes of each rule stand next to each other and a test proves that they agree for every person and
object of a cast. No model is imported here: people, spaces and posts are asked by the names of their fields.

The rules
    A space is *open* (every employee sees it and what is in it), *by request* (every employee knows of it,
    members see what is in it) or *secret* (only members know of it). A guest sees the spaces of which they are
    a member and nothing else. Organisation-wide moderators see into spaces by request, never into secret ones.
    A post is seen by those who see into its space while it is published; before that, and when it is hidden,
    by its author and the moderators of its space. A reply is seen only where its thread is seen.
    A policy is written for an audience, and each audience has a space of its own: whoever belongs to the audience
    sees into that space, and so do those who keep or cite policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeIs

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from intranet.access.readers import Reader
    from intranet.content.models import Post, Space
    from intranet.people.models import User

OPEN, REQUEST, SECRET = "open", "request", "secret"
PUBLISHED, DELETED = "published", "deleted"
MODERATING_ROLES = frozenset({"owner", "manager", "moderator"})
RUNNING_ROLES = frozenset({"owner", "manager"})
NOBODY = Q(pk__in=())

POLICIES = "policies"
POLICY_ROOMS = {
    "writers": "policies",
    "community": "policies-communities",
    "managers": "policies-managers",
    "guests": "policies-guests",
    "everyone": "policies-everyone",
}
"""Slug of the space in which the policies for an audience are read."""
FOR_EMPLOYEES = ("writers", "community", "everyone")
FOR_GUESTS = ("guests", "community", "everyone")


def _is_reader[Kind: User | Reader](person: Kind | None) -> TypeIs[Kind]:
    return bool(person and person.is_authenticated and person.is_active)


def _membership(person: User | Reader, space_ref: str, roles: frozenset[str] | None = None) -> Exists:
    rows = apps.get_model("intranet", "Membership").objects.filter(
        person=person.pk, space=OuterRef(space_ref)
    )
    return Exists(rows.filter(role__in=roles) if roles else rows)


# Policies: being in the audience -------------------------------------------------------------------------------


def _in_audience(person: User | Reader, field: str, named: dict[str, str]) -> Q:
    """Rows whose `field` is what `named` calls an audience that `person` belongs to or takes care of."""
    if person.keeps_policies:
        return Q(**{f"{field}__in": list(named.values())})
    if person.is_guest:
        return Q(**{f"{field}__in": [named[audience] for audience in FOR_GUESTS]})
    for_all = Q(**{f"{field}__in": [named[audience] for audience in FOR_EMPLOYEES]})
    manages = Exists(apps.get_model("intranet", "User").objects.filter(manager=person.pk, is_active=True))
    return for_all | Q(manages, **{field: named["managers"]})


def policies_seen_by(person: User | None, prefix: str = "") -> Q:
    """Policies that `person` may read once they are published; `prefix` leads to the policy, such as `policy__`."""
    if not _is_reader(person):
        return Q(**{f"{prefix}pk__in": ()})
    return _in_audience(person, f"{prefix}audience", {audience: audience for audience in POLICY_ROOMS})


def sees_audience(person: User | None, audience: str) -> bool:
    """Whether policies for `audience` are for `person` to see: the boolean of `policies_seen_by`."""
    if not _is_reader(person):
        return False
    if person.keeps_policies:
        return True
    if person.is_guest:
        return audience in FOR_GUESTS
    return audience in FOR_EMPLOYEES or (audience == "managers" and person.leads)


def _policy_rooms(person: User | Reader, prefix: str) -> Q:
    """The spaces in which `person` reads policies."""
    return Q(**{f"{prefix}kind": POLICIES}) & _in_audience(person, f"{prefix}slug", POLICY_ROOMS)


def _enters_policy_room(person: User, space: Space) -> bool:
    """The boolean of `_policy_rooms`."""
    if space.kind != POLICIES:
        return False
    return any(
        sees_audience(person, audience) for audience, slug in POLICY_ROOMS.items() if slug == space.slug
    )


# Spaces: knowing that one exists -------------------------------------------------------------------------------


def spaces_seen_by(person: User | Reader | None, prefix: str = "") -> Q:
    """Spaces whose name and purpose `person` may know; `prefix` leads to the space, such as `space__`."""
    if not _is_reader(person):
        return Q(**{f"{prefix}pk__in": ()})
    mine = Q(_membership(person, f"{prefix}pk" if prefix else "pk")) | _policy_rooms(person, prefix)
    return mine if person.is_guest else mine | ~Q(**{f"{prefix}visibility": SECRET})


def sees_space(person: User | None, space: Space) -> bool:
    """The boolean of `spaces_seen_by`."""
    if not _is_reader(person):
        return False
    if space.pk in person.space_roles or _enters_policy_room(person, space):
        return True
    return not person.is_guest and space.visibility != SECRET


# Spaces: seeing what is in one ---------------------------------------------------------------------------------


def _inside(person: User | Reader, prefix: str) -> Q:
    """Rows whose space `person` sees into; `prefix` leads from the row to the space, such as `space__`."""
    mine = Q(_membership(person, f"{prefix}pk" if prefix else "pk")) | _policy_rooms(person, prefix)
    if person.is_guest:
        return mine
    open_to = (OPEN, REQUEST) if person.moderates_everywhere else (OPEN,)
    return mine | Q(**{f"{prefix}visibility__in": open_to})


def spaces_entered_by(person: User | Reader | None) -> Q:
    """Spaces whose threads `person` may read."""
    return _inside(person, "") if _is_reader(person) else NOBODY


def enters_space(person: User | None, space: Space) -> bool:
    """The boolean of `spaces_entered_by`."""
    if not _is_reader(person):
        return False
    if space.pk in person.space_roles or _enters_policy_room(person, space):
        return True
    if person.is_guest:
        return False
    return space.visibility == OPEN or (space.visibility == REQUEST and person.moderates_everywhere)


# Moderating ----------------------------------------------------------------------------------------------------


def _moderated(person: User | Reader, prefix: str) -> Q:
    mine = Q(_membership(person, f"{prefix}pk" if prefix else "pk", MODERATING_ROLES))
    if person.moderates_everywhere and not person.is_guest:
        return mine | ~Q(**{f"{prefix}visibility": SECRET})
    return mine


def spaces_moderated_by(person: User | None) -> Q:
    """Spaces in which `person` may decide about other people's posts."""
    return _moderated(person, "") if _is_reader(person) else NOBODY


def moderates_space(person: User | None, space: Space) -> bool:
    """The boolean of `spaces_moderated_by`."""
    if not _is_reader(person):
        return False
    if person.space_roles.get(space.pk) in MODERATING_ROLES:
        return True
    return person.moderates_everywhere and not person.is_guest and space.visibility != SECRET


# Running ---------------------------------------------------------------------------------------------------


def spaces_run_by(person: User | None) -> Q:
    """Spaces whose members and charter `person` looks after: its owners and managers, and administrators."""
    if not _is_reader(person):
        return NOBODY
    mine = Q(_membership(person, "pk", RUNNING_ROLES))
    return mine | ~Q(visibility=SECRET) if person.administers else mine


def runs_space(person: User | None, space: Space) -> bool:
    """The boolean of `spaces_run_by`."""
    if not _is_reader(person):
        return False
    if person.space_roles.get(space.pk) in RUNNING_ROLES:
        return True
    return person.administers and space.visibility != SECRET


def spaces_reviewed_by(person: User | None) -> Q:
    """Spaces about whose future `person` may decide: those they run, and for knowledge managers all but secret."""
    if not _is_reader(person):
        return NOBODY
    mine = spaces_run_by(person)
    return mine | ~Q(visibility=SECRET) if person.reviews_communities else mine


def reviews_space(person: User | None, space: Space) -> bool:
    """The boolean of `spaces_reviewed_by`."""
    if runs_space(person, space):
        return True
    return _is_reader(person) and person.reviews_communities and space.visibility != SECRET


# Posts ---------------------------------------------------------------------------------------------------------


def posts_seen_by(person: User | Reader | None, prefix: str = "") -> Q:
    """Posts that `person` may read; `prefix` leads to the post from another table, such as `post__`."""
    if not _is_reader(person):
        return Q(**{f"{prefix}pk__in": ()})
    moderated = _moderated(person, f"{prefix}space__")
    own = Q(**{f"{prefix}author": person.pk})
    published = Q(**{f"{prefix}state": PUBLISHED})
    alive = ~Q(**{f"{prefix}state": DELETED})
    root_published = Q(**{f"{prefix}root": None}) | Q(**{f"{prefix}root__state": PUBLISHED})
    root_own = ~Q(**{f"{prefix}root__state": DELETED}) & Q(**{f"{prefix}root__author": person.pk})
    readable = published | (alive & own) | moderated
    thread_readable = root_published | root_own | moderated
    return _inside(person, f"{prefix}space__") & readable & thread_readable


def sees_post(person: User | None, post: Post) -> bool:
    """The boolean of `posts_seen_by`."""
    if not _is_reader(person) or not enters_space(person, post.space):
        return False
    if moderates_space(person, post.space):
        return True
    return all(
        each.state == PUBLISHED or (each.state != DELETED and each.author_id == person.pk)
        for each in (post, post.root or post)
    )


# People --------------------------------------------------------------------------------------------------------


def people_seen_by(person: User | None) -> Q:
    """People of whom `person` may know: everybody for employees, fellow members for a guest."""
    if not _is_reader(person):
        return NOBODY
    if not person.is_guest:
        return Q()
    shared = apps.get_model("intranet", "Membership").objects.filter(
        person=OuterRef("pk"), space__in=list(person.space_roles)
    )
    return Q(pk=person.pk) | Q(Exists(shared))


def sees_person(reader: User | None, person: User) -> bool:
    """The boolean of `people_seen_by`."""
    if not _is_reader(reader):
        return False
    if not reader.is_guest or reader.pk == person.pk:
        return True
    return not set(reader.space_roles).isdisjoint(person.space_roles)
