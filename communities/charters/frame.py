"""What every page of a community starts with: finding it, its head and its tabs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from communities.inviting.actions import may_invite
from communities.joining.requests import waiting_request
from communities.threads.listing import counts_in
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.readers import Reader, kind_of
from intranet.content.kinds import Joining, PostKind
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.runtime.prepared import Prepared

KINDS = (PostKind.QUESTION, PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT)


def _called(*kind: bool, me: int, slug: str) -> QuerySet[Space]:
    spaces = Space.objects.communities().visible_to(Reader(me, *kind)).filter(slug=slug)
    return spaces.select_related("charter__owner", "charter__parent", "charter__merged_into", "office_hours")


_space = Prepared(_called)


def find(reader: User, slug: str) -> Space:
    """A community of which `reader` may know, or 404. One query."""
    found = _space.first(*kind_of(reader), me=reader.pk, slug=slug)
    if found is None:
        raise Http404
    return found


def frame_of(request: HttpRequest, space: Space) -> dict[str, Any]:
    """What the head, tabs and rail of every page of a community show."""
    me = request.user
    inside = visibility.enters_space(me, space)
    role = me.space_roles.get(space.pk)
    asks = space.joining == Joining.REQUEST and not role and not me.is_guest
    return {
        "space": space,
        "charter": getattr(space, "charter", None),
        "parent": _seen(me, space, "parent"),
        "merged_into": _seen(me, space, "merged_into"),
        "inside": inside,
        "role": role,
        "runs": visibility.runs_space(me, space),
        "reviews": visibility.reviews_space(me, space),
        "moderates": visibility.moderates_space(me, space),
        "may_invite": bool(may_invite(me, space)) and not space.archived_at,
        "may_start": inside and bool(_may_start(me, space)),
        "my_request": waiting_request(me, space) if asks else None,
        "members": space.memberships.count(),
        "counts": counts_in(space, me) if inside else {},
    }


def must_run(context: dict[str, Any]) -> None:
    """404 for who does not see into the community, 403 for who does not run it. `context` is of `frame_of`."""
    if not context["inside"]:
        raise Http404
    if not context["runs"]:
        raise PermissionDenied(_("Only the owners and managers of this community come here."))


def _seen(reader: User, space: Space, name: str) -> Space | None:
    """The community to which the charter leads by `name`, if `reader` may know of it."""
    other = getattr(getattr(space, "charter", None), name, None)
    return other if other and visibility.sees_space(reader, other) else None


def _may_start(person: User, space: Space) -> Any:
    return gate.verdict_on(gate.Permit(actor=person, deed=Deed.START, space=space, post=None, root=None))


def tabs_of(context: dict[str, Any], current: str) -> list[dict[str, Any]]:
    """The tabs of a community; `current` is a kind of thread or the name of a page."""
    space, counts = context["space"], context["counts"]
    words = {
        PostKind.QUESTION: _("Questions"),
        PostKind.DISCUSSION: _("Discussions"),
        PostKind.IDEA: _("Ideas"),
        PostKind.ANNOUNCEMENT: _("Announcements"),
    }
    base = space.get_absolute_url()
    tabs = [
        {
            "label": words[kind],
            "url": f"{base}?kind={kind}",
            "current": current == kind,
            "count": counts.get(kind, 0),
        }
        for kind in KINDS
    ]
    members = {"label": _("Members"), "url": f"{base}members/", "current": current == "members"}
    health = {"label": _("Health"), "url": f"{base}health/", "current": current == "health"}
    about = {"label": _("Charter"), "url": f"{base}about/", "current": current == "about"}
    queues = {"label": _("Queues"), "url": f"{base}queues/", "current": current == "queues"}
    inside = [*tabs, queues, members | {"count": context["members"]}, about, health]
    return inside if context["inside"] else [about]
