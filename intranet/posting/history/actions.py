"""Back to an older version."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post, Revision
from intranet.people.models import User
from intranet.posting.actions import edit


def restore(*, editor: User, post: Post, number: int, base_revision: int) -> Post:
    """Make `post` say again what it said as version `number`, as a new edit. Raises as `edit` does."""
    kept = Revision.objects.filter(post=post, number=number).first()
    if kept is None:
        raise Refused(refuse("no_version", _("There is no such version.")))
    return edit(
        editor=editor,
        post=post,
        source=kept.source,
        title=kept.title if post.root is None else None,
        base_revision=base_revision,
    )
