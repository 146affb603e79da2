"""Why somebody stands where they stand, as one line of words with counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.evidence.kinds import EvidenceKind
from experts.evidence.models import Evidence
from intranet.people.models import User

MONTH = timedelta(days=30)
QUIET = timedelta(days=180)


def why(person: User, lines: Sequence[Evidence], topics: Sequence[str], now: datetime) -> str:
    """One line: `4 accepted answers on bearings, 2 of them in the last month; endorsed by 3 people`.

    `lines` are those that count for the reader, each with the unit of who gave it as `by_unit`; `topics` are the labels of the question's topics that the
    accepted answers among them are on.
    """
    parts = [
        _accepted(_of(lines, EvidenceKind.ACCEPTED), topics, now),
        _documents(_of(lines, EvidenceKind.DOCUMENT)),
        _endorsed(person, _of(lines, EvidenceKind.ENDORSED)),
        _applauded(_of(lines, EvidenceKind.VOTED, EvidenceKind.HELPED)),
        _quiet(lines, now),
    ]
    sentence = "; ".join(part for part in parts if part)
    return sentence[:1].upper() + sentence[1:]


def _of(lines: Sequence[Evidence], *kinds: EvidenceKind) -> list[Evidence]:
    return [line for line in lines if line.kind in kinds]


def _accepted(lines: list[Evidence], topics: Sequence[str], now: datetime) -> str:
    if not lines:
        return ""
    count = len(lines)
    facts = {"count": count, "topics": ", ".join(topics)}
    if topics:
        words = ngettext(
            "%(count)d accepted answer on %(topics)s", "%(count)d accepted answers on %(topics)s", count
        )
    else:
        words = ngettext("%(count)d accepted answer", "%(count)d accepted answers", count)
    recent = sum(line.at > now - MONTH for line in lines)
    if not recent or count == 1:
        return words % facts
    of_them = ngettext("%(recent)d of them in the last month", "%(recent)d of them in the last month", recent)
    return f"{words % facts}, {of_them % {'recent': recent}}"


def _documents(lines: list[Evidence]) -> str:
    if not lines:
        return ""
    count = len(lines)
    return ngettext("wrote %(count)d article or post", "wrote %(count)d articles or posts", count) % {
        "count": count
    }


def _endorsed(person: User, lines: list[Evidence]) -> str:
    if not lines:
        return ""
    units = {line.by_id: line.by_unit for line in lines}
    count = len(units)
    outside = sum(unit != person.unit_id for unit in units.values())
    if outside == count:
        words = ngettext(
            "endorsed by %(count)d person from another unit",
            "endorsed by %(count)d people from other units",
            count,
        )
        return words % {"count": count}
    words = ngettext("endorsed by %(count)d person", "endorsed by %(count)d people", count) % {"count": count}
    if not outside:
        return words
    elsewhere = ngettext("%(outside)d from another unit", "%(outside)d from other units", outside)
    return f"{words}, {elsewhere % {'outside': outside}}"


def _applauded(lines: list[Evidence]) -> str:
    if not lines:
        return ""
    posts = len({line.post_id for line in lines})
    facts = {"times": sum(line.amount for line in lines), "posts": posts}
    return (
        ngettext(
            "marked as useful %(times)d× on %(posts)d post",
            "marked as useful %(times)d× on %(posts)d posts",
            posts,
        )
        % facts
    )


def _quiet(lines: Sequence[Evidence], now: datetime) -> str:
    latest = max(line.at for line in lines)
    if latest > now - QUIET:
        return ""
    month = date_format(timezone.localtime(latest), "F Y")
    return _("nothing since %(month)s, so it counts less") % {"month": month}
