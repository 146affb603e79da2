"""Moving a thread as the outcome of a case."""

from __future__ import annotations

from typing import Any

from communities.moving.actions import move, undo
from communities.moving.models import Surgery
from intranet.content.models import Post, Space
from intranet.moderation.cases.seams import set_mover
from intranet.people.models import User


@set_mover
def move_for_a_case(
    *, actor: User, post: Post, space: Space, back: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Move `post` to `space`, where `actor` decides as well, or take the move in `back` back. Raises `Refused`."""
    if back:
        return {"surgery": undo(actor=actor, surgery=Surgery.objects.get(pk=back["surgery"])).pk}
    return {"surgery": move(actor=actor, thread=post, target=space).pk}
