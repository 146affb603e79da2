"""The communities of the demo organisation: spaces, charters, who belongs to them and who watches them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.charters.models import Charter
from intranet.content.kinds import Joining, Posting, SpaceRole, Visibility
from intranet.content.models import Membership, Space
from intranet.demo.records import Community, Content
from intranet.notify.models import Follow, Level
from intranet.people.models import User

VISIBILITY = {"open": Visibility.OPEN, "request": Visibility.REQUEST, "secret": Visibility.SECRET}
JOINING = {"open": Joining.OPEN, "request": Joining.REQUEST, "secret": Joining.INVITE}
POSTING = {"all": Posting.EVERYONE, "announce": Posting.MANAGERS}


def open_communities(
    content: Content, people: Mapping[str, User], *, now: datetime, since: datetime
) -> dict[str, Space]:
    """Open every community with its charter and its members; the spaces by slug."""
    spaces = {}
    for colour, community in enumerate(content.communities.values(), 1):
        space = _space(community, colour, since)
        _charter(community, space, people[community.owner], now)
        _members(content, community, space, people, since)
        for username in {community.owner, community.duty, *community.managers}:
            Follow.objects.create(person=people[username], space=space, level=Level.WATCHING, since=since)
        spaces[community.slug] = space
    for person in people.values():
        person.__dict__.pop("space_roles", None)
    return spaces


def _space(community: Community, colour: int, since: datetime) -> Space:
    return Space.objects.create(
        slug=community.slug,
        name=community.name,
        name_he=community.name_he,
        purpose=community.purpose,
        language=community.lang,
        visibility=VISIBILITY[community.join],
        joining=JOINING[community.join],
        posting=POSTING[community.posting],
        colour=(colour - 1) % 8 + 1,
        created=since,
    )


def _charter(community: Community, space: Space, owner: User, now: datetime) -> None:
    Charter.objects.create(
        space=space,
        audience=community.audience,
        goal=community.goal,
        success_signs=community.success,
        owner=owner,
        hours_a_week=community.hours,
        review_date=(now + timedelta(days=community.review)).date(),
    )


def members_of(content: Content, community: Community) -> set[str]:
    """Usernames of all who belong to a community: its units, its guests and all who write there."""
    members = {name for name, person in content.people.items() if person.unit in community.members}
    members |= {community.owner, community.duty, *community.managers, *community.also}
    for thread in content.threads.values():
        if thread.community == community.slug:
            members |= {thread.by, *(reply.by for reply in thread.replies)}
    return members


def _role(content: Content, community: Community, username: str) -> str:
    if username == community.owner:
        return SpaceRole.OWNER
    if username in community.managers:
        return SpaceRole.MANAGER
    return SpaceRole.GUEST if "guest" in content.people[username].roles else SpaceRole.MEMBER


def _members(
    content: Content, community: Community, space: Space, people: Mapping[str, User], since: datetime
) -> None:
    Membership.objects.bulk_create(
        Membership(
            space=space, person=people[username], role=_role(content, community, username), joined=since
        )
        for username in sorted(members_of(content, community))
    )
