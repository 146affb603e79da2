"""Communities: the list of them, the front page of one, its charter, and opening a new one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.actions import open_community
from communities.charters.forms import OpenForm
from communities.charters.health import health_of
from communities.questions.models import QuestionState
from communities.threads.listing import SHOWN, counts_in, list_threads, threads_in
from intranet.access import visibility
from intranet.access.verdict import Refused
from intranet.content.kinds import PostKind
from intranet.content.models import Membership, Post, Space
from intranet.people.models import User
from intranet.posting.writing import status_of
from intranet.runtime.surfaces import surface

KINDS = (PostKind.QUESTION, PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT)


@surface("communities the reader may know of")
def index(request: HttpRequest) -> HttpResponse:
    """Every community of which I may know, mine first."""
    me = request.user
    members = Membership.objects.filter(space=OuterRef("pk")).order_by().values("space").values(n=Count("pk"))
    open_questions = (
        Post.objects.visible_to(me)
        .filter(space=OuterRef("pk"), kind=PostKind.QUESTION, question_detail__state=QuestionState.UNANSWERED)
        .order_by()
        .values("space")
        .values(n=Count("pk"))
    )
    spaces = (
        Space.objects.communities()
        .visible_to(me)
        .annotate(
            member_count=Coalesce(Subquery(members, output_field=IntegerField()), 0),
            open_questions=Coalesce(Subquery(open_questions, output_field=IntegerField()), 0),
        )
    )
    rows = list(spaces)
    for space in rows:
        space.mine = space.pk in me.space_roles
    context = {
        "mine": [space for space in rows if space.mine],
        "others": [space for space in rows if not space.mine],
        "may_open": not me.is_guest,
    }
    return render(request, "communities/index.html", context)


def find(reader: User, slug: str) -> Space:
    """A community of which `reader` may know, or 404."""
    spaces = Space.objects.communities().visible_to(reader).select_related("charter__owner", "office_hours")
    return get_object_or_404(spaces, slug=slug)


def frame_of(request: HttpRequest, space: Space) -> dict[str, Any]:
    """What the head, tabs and rail of every page of a community show."""
    me = request.user
    inside = visibility.enters_space(me, space)
    return {
        "space": space,
        "charter": getattr(space, "charter", None),
        "inside": inside,
        "role": me.space_roles.get(space.pk),
        "runs": visibility.moderates_space(me, space),
        "members": space.memberships.count(),
        "counts": counts_in(space, me) if inside else {},
    }


def tabs_of(context: dict[str, Any], current: str) -> list[dict[str, Any]]:
    space, counts = context["space"], context["counts"]
    words = {
        PostKind.QUESTION: _("Questions"),
        PostKind.DISCUSSION: _("Discussions"),
        PostKind.IDEA: _("Ideas"),
        PostKind.ANNOUNCEMENT: _("Announcements"),
    }
    base = space.get_absolute_url()
    tabs = [
        {
            "label": words[kind],
            "url": f"{base}?kind={kind}",
            "current": current == kind,
            "count": counts.get(kind, 0),
        }
        for kind in KINDS
    ]
    members = {"label": _("Members"), "url": f"{base}members/", "current": current == "members"}
    about = {"label": _("Charter"), "url": f"{base}about/", "current": current == "about"}
    queues = {"label": _("Queues"), "url": f"{base}queues/", "current": current == "queues"}
    return [*tabs, queues, members | {"count": context["members"]}, about] if context["inside"] else [about]


@surface("a community the reader may know of; its threads when they see into it")
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """The threads of a community, by kind; of questions, those without an answer first by age."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        return render(request, "communities/closed.html", context | {"tabs": tabs_of(context, "")})
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else PostKind.QUESTION
    show = request.GET.get("show", "") if kind == PostKind.QUESTION else ""
    show = show if show in SHOWN else ""
    threads = threads_in(space, request.user).filter(kind=kind)
    if show:
        threads = threads.filter(SHOWN[show]())
    page = list_threads(threads, request.GET.get("cursor", ""), oldest_first=show == "unanswered")
    context |= {
        "kind": kind,
        "page": page,
        "tabs": tabs_of(context, kind),
        "chips": _chips(space, context["counts"], show) if kind == PostKind.QUESTION else [],
        "query": f"kind={kind}&" + (f"show={show}&" if show else ""),
        "health": health_of(space) if kind == PostKind.QUESTION else None,
        "show": show,
    }
    return render(request, "communities/community.html", context)


def _chips(space: Space, counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    base = f"{space.get_absolute_url()}?kind=question"
    words = {"": _("All"), "unanswered": _("Unanswered"), "answered": _("Answered"), "solved": _("Solved")}
    return [
        {
            "label": label,
            "url": f"{base}&show={name}" if name else base,
            "current": show == name,
            "count": counts.get(name, "") if name else counts.get(PostKind.QUESTION, ""),
        }
        for name, label in words.items()
    ]


@surface("a community the reader may know of")
def about(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole charter."""
    context = frame_of(request, find(request.user, slug))
    return render(request, "communities/about.html", context | {"tabs": tabs_of(context, "about")})


@surface("employees; nothing is shown")
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a community with its charter."""
    form = OpenForm(request.POST or None)
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(open_community(owner=request.user, charter=form.charter(), **form.space()))
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    return render(request, "communities/open.html", {"form": form, "verdict": verdict}, status=status)
