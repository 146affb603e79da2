"""What a route of communities is about, found for one reader. What they may not see is not there: 404."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from communities.charters.frame import find
from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.posting.api import visible_post


def find_community(reader: User, slug: str, *, inside: bool) -> Space:
    """The community of which `reader` may know, or `inside` of which they see; else 404."""
    space = find(reader, slug)
    if inside and not visibility.enters_space(reader, space):
        raise Http404
    return space


def run_community(reader: User, slug: str) -> Space:
    """The community that `reader` runs. 404 for who does not see inside, `Refused` for who does not run it."""
    space = find_community(reader, slug, inside=True)
    if not visibility.runs_space(reader, space):
        raise Refused(refuse("not_runner", _("Only the owners and managers of this community come here.")))
    return space


def row_in[Row: Model](space: Space, rows: QuerySet[Row], number: int) -> Row:
    """The row `number` of those that belong to `space`, or 404. It carries its `space`, which its deeds ask about."""
    return get_object_or_404(rows.select_related("space"), space=space, pk=number)


def find_thread(reader: User, public_id: str) -> Post:
    """A thread of a community that `reader` sees, or 404."""
    post = visible_post(reader, public_id)
    if post.root_id or post.kind not in THREAD_KINDS:
        raise Http404
    return post
