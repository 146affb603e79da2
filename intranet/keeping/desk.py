"""What the pages of the audit trail share: who is let in, and their tabs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.access.verdict import refuse
from intranet.audit.models import LegalHold
from intranet.keeping.models import Erasure
from intranet.moderation.desk import forbidden

View = Callable[..., Any]


def for_administrators(view: View) -> View:
    """Let in administrators, who also lead the moderators; others read why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.administers:
            return forbidden(request, refuse("not_admin", _("The audit trail is for administrators.")))
        return view(request, *args, **kwargs)

    return guarded


def parts(current: str) -> list[dict[str, Any]]:
    """The pages of the audit trail with what waits on each."""
    holds = LegalHold.objects.waiting().count() + sum(
        hold.step == "releasing" for hold in LegalHold.objects.holding()
    )
    erasures = Erasure.objects.filter(settled_at=None).count()
    rows = (
        ("audit", _("What was done"), ""),
        ("holds", _("Legal holds"), holds or ""),
        ("people", _("Copies and erasures"), erasures or ""),
        ("retention", _("What is kept how long"), ""),
    )
    return [
        {"label": label, "url": reverse(f"keeping:{name}"), "current": name == current, "count": count}
        for name, label, count in rows
    ]
