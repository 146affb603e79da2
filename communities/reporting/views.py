"""The health of a community on one page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.charters.frame import find, frame_of, tabs_of
from communities.reporting.reading import Report, active_people, report_of, threads_behind
from intranet.content.models import Space
from intranet.people.models import User
from intranet.runtime.surfaces import surface

LISTS = ("active", "in_time", "newcomers", "crossing")
MOST = 50


@surface("figures of a community the reader sees into, and threads in it that they may see")
def health(request: HttpRequest, slug: str) -> HttpResponse:
    """Four figures; `?list=` opens what one of them counts."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    report = report_of(space)
    asked = request.GET.get("list", "")
    context |= {
        "tabs": tabs_of(context, "health"),
        "figures": _figures(report),
        "asked": asked if asked in LISTS else "",
        "behind": _behind(space, request.user, asked) if asked in LISTS else None,
        "heading": dict(_headings()).get(asked, ""),
    }
    return render(request, "communities/health_report.html", context)


def _headings() -> list[tuple[str, str]]:
    return [
        ("active", _("Members who wrote in the last 30 days, by name")),
        ("in_time", _("Questions whose promise was missed")),
        ("newcomers", _("Questions of newcomers whose promise was missed")),
        ("crossing", _("Threads in which people of different units met")),
    ]


def _figures(report: Report) -> list[dict[str, Any]]:
    words = {
        "active": (_("Active"), _("members wrote something")),
        "in_time": (_("Answered in time"), _("questions")),
        "newcomers": (
            _("Newcomers answered in time"),
            _("questions of people who joined in the last 90 days"),
        ),
        "crossing": (_("Crossing units"), _("answers and replies went to another unit")),
    }
    return [
        {"name": name, "label": label, "unit": unit, "figure": getattr(report, name)}
        for name, (label, unit) in words.items()
    ]


def _behind(space: Space, reader: User, asked: str) -> dict[str, Any]:
    now = timezone.now()
    if asked == "active":
        return {"people": active_people(space, now).visible_to(reader).select_related("unit")[:MOST]}
    return {
        "threads": threads_behind(space, reader, asked, now).select_related("author", "question_detail")[
            :MOST
        ]
    }
