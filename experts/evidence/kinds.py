"""What counts as evidence of knowledge, how much, and for how long."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EvidenceKind(TextChoices):
    """One kind of line in the evidence about a person."""

    ACCEPTED = "accepted", _("Accepted answer")
    VOTED = "voted", _("Upvoted")
    HELPED = "helped", _("Marked as helpful")
    ENDORSED = "endorsed", _("Endorsement")
    DOCUMENT = "document", _("Article or post")


ICONS: Final = {
    EvidenceKind.ACCEPTED: "k-knot",
    EvidenceKind.VOTED: "arrow-up",
    EvidenceKind.HELPED: "check",
    EvidenceKind.ENDORSED: "handshake",
    EvidenceKind.DOCUMENT: "book-open",
}

WORTH: Final = {
    EvidenceKind.ACCEPTED: 3.0,
    EvidenceKind.DOCUMENT: 2.0,
    EvidenceKind.ENDORSED: 2.0,
    EvidenceKind.HELPED: 1.0,
    EvidenceKind.VOTED: 0.5,
}
"""What one fresh line weighs beside the others: an accepted answer is six times a vote."""

HALF_LIFE: Final = timedelta(days=365)
"""After a year a line counts half: people move on, and so do products."""

KEPT: Final = 0.1
"""What is left of a line for good: who knew it well ten years ago is still the one to ask when nobody knows it now."""

HALF_FIT: Final = 3.0
"""The weight that makes a fit of 50 of 100: one accepted answer of today, exactly on the topic."""


def weight(kind: str, amount: int, at: datetime, now: datetime) -> float:
    """What a line counts at `now`. The second vote on the same post adds less than the first.

    `worth × log2(1 + amount) × max(½ ^ (age ÷ half-life), what is kept)`

    >>> from datetime import UTC
    >>> then, now = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    >>> weight("accepted", 1, now, now), weight("accepted", 1, then, now), weight("voted", 3, now, now)
    (3.0, 1.5, 1.0)
    """
    age = max(now - at, timedelta())
    return WORTH[EvidenceKind(kind)] * math.log2(1 + amount) * max(0.5 ** (age / HALF_LIFE), KEPT)


def fit(total: float) -> float:
    """A weight without an upper end as a share between 0 and 1.

    >>> fit(0), fit(3.0), fit(9.0)
    (0.0, 0.5, 0.75)
    """
    return total / (total + HALF_FIT)
