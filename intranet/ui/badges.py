"""The states a badge can show. A badge is always an icon and a word, so it survives without colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class BadgeKind:
    """Colour family (a suffix of `badge--`), icon and the word used when the template gives none."""

    tone: str
    icon: str
    word: str | Promise


KINDS = {
    "answered": BadgeKind("settled", "k-knot", _("Answered")),
    "solved": BadgeKind("settled", "k-knot", _("Solved")),
    "verified": BadgeKind("settled", "badge-check", _("Verified")),
    "settled": BadgeKind("settled", "check", _("Done")),
    "unanswered": BadgeKind("waiting", "k-loose", _("Unanswered")),
    "waiting": BadgeKind("waiting", "hourglass", _("Waiting")),
    "needs-info": BadgeKind("waiting", "hourglass", _("Needs info")),
    "doubted": BadgeKind("waiting", "circle-help", _("Doubted by readers")),
    "stale": BadgeKind("waiting", "refresh-cw", _("Review overdue")),
    "urgent": BadgeKind("overdue", "clock", _("Urgent")),
    "overdue": BadgeKind("overdue", "clock", _("Past 24 h")),
    "missed": BadgeKind("overdue", "clock", _("Past its promise")),
    "duplicate": BadgeKind("", "link", _("Duplicate")),
    "obsolete": BadgeKind("", "history", _("Obsolete")),
    "locked": BadgeKind("policy", "lock", _("Locked")),
    "policy": BadgeKind("policy", "scale", _("Policy")),
    "claimed": BadgeKind("tie", "hand", _("Claimed")),
    "draft": BadgeKind("draft", "pencil-line", _("Draft")),
    "article": BadgeKind("", "book-open", _("Article")),
    "plain": BadgeKind("", "info", ""),
}
