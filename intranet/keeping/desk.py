"""What the pages of the audit trail share: who is let in, and their tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access.verdict import refuse
from intranet.audit.models import LegalHold
from intranet.keeping.models import Erasure
from intranet.moderation.answering import only_for

for_administrators = only_for(
    lambda person: person.administers,
    refuse("not_admin", gettext_lazy("The audit trail is for administrators.")),
)
"""They also lead the moderators."""


def parts(current: str) -> list[dict[str, Any]]:
    """The pages of the audit trail with what waits on each."""
    holds = LegalHold.objects.to_settle().count()
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
