"""What the pages of moderation share: who is let in, and the tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access import visibility
from intranet.access.verdict import refuse
from intranet.content.models import Post
from intranet.moderation.answering import forbidden, only_for
from intranet.moderation.models import Appeal
from intranet.moderation.queue import moderates_something
from intranet.moderation.standing import edits, held

for_moderators = only_for(
    moderates_something, refuse("not_moderator", gettext_lazy("Cases are decided by moderators."))
)


def visible_post(request: HttpRequest, public_id: str) -> Post:
    """A post that the reader sees, or 404."""
    posts = Post.objects.visible_to(request.user).select_related(
        "space", "author__unit", "root__author", "parent__author"
    )
    return get_object_or_404(posts, public_id=public_id)


def must_moderate(request: HttpRequest, post: Post) -> HttpResponse | None:
    """The refusal of somebody who does not decide where `post` stands, or None."""
    if visibility.moderates_space(request.user, post.space):
        return None
    return forbidden(request, refuse("not_moderator", _("Only moderators of this place can do that.")))


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The parts of the moderators' desk with what waits in each."""
    person = request.user
    waits = held.waiting(person).count() + edits.waiting_edits(person).count()
    appeals = Appeal.objects.open().for_moderator(person).count()
    rows = (
        ("queue", "moderation:queue", _("Cases"), ""),
        ("held", "moderation:held", _("Before publishing"), waits or ""),
        ("appeals", "moderation:appeals", _("Appeals"), appeals or ""),
        ("locks", "moderation:locks", _("Locks"), ""),
        ("rules", "rules:index", _("Rules"), ""),
        ("fairness", "moderation:fairness", _("Alike and fair"), ""),
    )
    shown = [
        {"label": label, "url": reverse(address), "current": name == current, "count": count}
        for name, address, label, count in rows
    ]
    if person.administers:
        shown.append({"label": _("Audit"), "url": reverse("keeping:audit"), "current": current == "audit"})
    return shown
