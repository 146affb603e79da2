"""What the composer asks for while somebody types: names, topics, a preview, how many would hear of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import Refused
from intranet.content.composing import compose
from intranet.content.kinds import PostKind
from intranet.content.models import Space
from intranet.people.models import OrgUnit, User
from intranet.posting.assisting.reading import offers, topics
from intranet.posting.reach import must_be_confirmed, people_in
from intranet.runtime.surfaces import surface
from intranet.ui.asked import by_script
from intranet.ui.paging import page


def _asked(request: HttpRequest, name: str) -> str:
    return (request.GET.get(name) or request.POST.get(name) or "").replace("\0", "")


def _space(request: HttpRequest) -> Space | None:
    """The place that is written in, when one is named; 404 for one the reader does not see into."""
    slug = _asked(request, "space")
    return get_object_or_404(Space.objects.entered_by(request.user), slug=slug) if slug else None


@surface("people, communities and units the reader may know of")
@require_GET
def mentions(request: HttpRequest) -> JsonResponse:
    """Whom `@q` may mean, for a text in `space`."""
    return JsonResponse({"items": offers(request.user, _asked(request, "q"), _space(request))})


@surface("topics of posts the reader may see")
@require_GET
def tags(request: HttpRequest) -> JsonResponse:
    """Topics that begin with `q`."""
    return JsonResponse({"items": topics(request.user, _asked(request, "q"))})


@surface("the reader's own text")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will be read: a piece of the page for the composer, a page of its own without scripts."""
    problem, html = "", ""
    try:
        source = _asked(request, "source")
        composed = compose(
            kind=PostKind.DISCUSSION, title="-", source=source, author=request.user, space=_space(request)
        )
        html = str(composed.columns["html"])
    except Refused as refusal:
        problem = str(refusal.verdict.message)
    template = "posting/preview_text.html" if by_script(request) else "posting/preview.html"
    context = {"html": html, "problem": problem, "heading": _asked(request, "title")}
    return render(request, template, context)


@surface("a count of people in groups the reader may know of")
@require_GET
def reach(request: HttpRequest) -> HttpResponse:
    """What the composer says below a text that mentions groups (`name`, repeated): how many hear of it."""
    space = _space(request)
    if space is None:
        raise Http404
    source = " ".join(f"@{name}" for name in request.GET.getlist("name")[:20] if len(name) < 90)
    try:
        must_be_confirmed(author=request.user, space=space, source=source.replace("\0", ""), confirmed=0)
    except Refused as refusal:
        return render(request, "posting/reach.html", {"verdict": refusal.verdict})
    return HttpResponse()


@surface("people of a unit the reader may know of; nothing for guests")
@require_GET
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in a unit: where the mention of it leads."""
    found = next((each for each in OrgUnit.objects.all() if each.slug == slug), None)
    if found is None or request.user.is_guest:
        raise Http404
    people = people_in([found], []) & User.objects.active().visible_to(request.user)
    shown = page(people.select_related("unit"), request.GET.get("cursor", ""), by="created")
    context = {"unit": found, "people": shown, "count": people.count()}
    return render(request, "posting/unit.html", context)
