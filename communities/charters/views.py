"""Communities: the list of them, the front page of one, its charter, and opening a new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.actions import change_charter, open_community
from communities.charters.beside import below, members_shown, welcome_once
from communities.charters.forms import OpenForm
from communities.charters.frame import KINDS, find, frame_of, tabs_of
from communities.charters.health import health_of
from communities.joining.forms import AskToJoinForm
from communities.joining.views import way_in
from communities.pinning.reading import pins_in
from communities.questions.models import QuestionState
from communities.roles.reading import experts_in
from communities.suggesting.reading import suggestions_for
from communities.threads.lines import line_of
from communities.threads.listing import SHOWN, list_community
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import Posting, PostKind
from intranet.content.models import Membership, Post, Space
from intranet.notify.positions import grown_by_space
from intranet.runtime.surfaces import surface


@surface("communities the reader may know of")
def index(request: HttpRequest) -> HttpResponse:
    """Every community of which I may know, mine first, and what might be for me."""
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
            fresh=Coalesce(Subquery(grown_by_space(me), output_field=IntegerField()), 0),
        )
    )
    rows = list(spaces)
    for space in rows:
        space.mine = space.pk in me.space_roles
    living = [space for space in rows if not space.archived_at]
    context = {
        "mine": [space for space in living if space.mine],
        "others": [space for space in living if not space.mine],
        "archived": [space for space in rows if space.archived_at],
        "suggested": suggestions_for(me),
        "may_open": not me.is_guest,
    }
    return render(request, "communities/index.html", context)


@surface("a community the reader may know of; its threads when they see into it")
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """The threads of a community, by kind; of questions, those without an answer first by age."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if leads_on := merged_to(request, context):
        return leads_on
    if not context["inside"]:
        return way_in(request, space, AskToJoinForm())
    context["came_from"] = _came_from(request, space)
    kind = _kind(request, space)
    show = request.GET.get("show", "") if kind == PostKind.QUESTION else ""
    show = show if show in SHOWN else ""
    page = list_community(space, request.user, kind=kind, show=show, cursor=request.GET.get("cursor", ""))
    context |= _beside(request, space) | {
        "kind": kind,
        "page": page,
        "lines": [line_of(row) for row in page],
        "tabs": tabs_of(context, kind),
        "chips": _chips(space, context["counts"], show) if kind == PostKind.QUESTION else [],
        "query": f"kind={kind}&" + (f"show={show}&" if show else ""),
        "health": health_of(space) if kind == PostKind.QUESTION else None,
        "show": show,
    }
    return render(request, "communities/community.html", context)


def merged_to(request: HttpRequest, context: dict[str, Any]) -> HttpResponse | None:
    """To the community that this one became part of. Not for ever: it can be taken back. `?stay` reads what is left."""
    target = context["merged_into"]
    if target is None or "stay" in request.GET:
        return None
    return redirect(f"{target.get_absolute_url()}?{urlencode({'from': context['space'].slug})}")


def _came_from(request: HttpRequest, space: Space) -> Space | None:
    """The merged community that led here, if the reader may know of it."""
    known = Space.objects.communities().visible_to(request.user).filter(charter__merged_into=space)
    return known.filter(slug=request.GET["from"]).first() if "from" in request.GET else None


def _kind(request: HttpRequest, space: Space) -> str:
    """The kind of threads that is asked for; where only its owners write, announcements come first."""
    asked = request.GET.get("kind", "")
    if asked in KINDS:
        return asked
    return PostKind.ANNOUNCEMENT if space.posting == Posting.MANAGERS else PostKind.QUESTION


def _beside(request: HttpRequest, space: Space) -> dict[str, Any]:
    """What stands around the threads."""
    me = request.user
    return {
        "pins": pins_in(space, me),
        "welcome": welcome_once(space, me),
        "below": below(space, me),
        "shown_members": members_shown(space),
        "experts": experts_in(space),
    }


def _chips(space: Space, counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    base = f"{space.get_absolute_url()}?kind=question"
    words = {
        "": _("All"),
        "unanswered": _("Unanswered"),
        "overdue": _("Past its promise"),
        "answered": _("Answered, not accepted"),
        "solved": _("Solved"),
    }
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
    space = find(request.user, slug)
    context = frame_of(request, space)
    context |= {"tabs": tabs_of(context, "about"), "below": below(space, request.user)}
    if context["inside"]:
        context["experts"] = experts_in(space)
    return render(request, "communities/about.html", context)


@surface("employees; nothing is shown")
@require_http_methods(["GET", "POST"])
def open_new(request: HttpRequest) -> HttpResponse:
    """Open a community with its charter."""
    form = OpenForm(request.user, request.POST or None)
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(open_community(owner=request.user, charter=form.charter(), **form.space()))
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    return render(request, "communities/open.html", {"form": form, "verdict": verdict}, status=status)


@surface("the charter of a community the reader runs")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the charter, who sees the community and how one joins."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    form = OpenForm(request.user, request.POST or None, space=space)
    if request.method == "GET":
        return _edit(request, context, form)
    if not form.is_valid():
        return _edit(request, context, form, status=422)
    try:
        changed = change_charter(
            actor=request.user, space=space, columns=form.space(), charter=form.charter()
        )
    except Refused as refusal:
        return _edit(request, context, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("The charter is changed."))
    return redirect("communities:about", changed.slug)


def _edit(
    request: HttpRequest,
    context: dict[str, Any],
    form: OpenForm,
    verdict: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    if not context["runs"] and verdict is None:
        status = 403
    context |= {"form": form, "verdict": verdict, "tabs": tabs_of(context, "about")}
    return render(request, "communities/edit_charter.html", context, status=status)
