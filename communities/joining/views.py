"""Members: who they are, joining and leaving, bringing in and taking out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.views import find, frame_of, tabs_of
from communities.joining import actions
from communities.joining.forms import AddForm
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import SpaceRole
from intranet.content.models import Space
from intranet.moderation.checks import NOT_FOUND
from intranet.people.models import User
from intranet.posting.writing import status_of
from intranet.runtime.surfaces import surface

PAGE = 50
ORDER = (
    SpaceRole.OWNER,
    SpaceRole.MANAGER,
    SpaceRole.MODERATOR,
    SpaceRole.EXPERT,
    SpaceRole.MEMBER,
    SpaceRole.GUEST,
)


@surface("members of a community the reader sees into")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in; those who run the community add people here."""
    space = find(request.user, slug)
    form = AddForm(request.POST or None)
    if request.method == "GET":
        return _members(request, space, AddForm())
    if not form.is_valid():
        return _members(request, space, form, status=422)
    person = (
        User.objects.active().visible_to(request.user).filter(username=form.cleaned_data["username"]).first()
    )
    if person is None:
        form.add_error("username", _("There is nobody with this username."))
        return _members(request, space, form, status=422)
    try:
        actions.add(actor=request.user, space=space, person=person, role=form.cleaned_data["role"])
    except Refused as refusal:
        return _members(request, space, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("%(name)s is a member now.") % {"name": person})
    return redirect("communities:members", space.slug)


def _members(
    request: HttpRequest, space: Space, form: AddForm, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    place = Case(
        *(When(role=role, then=Value(n)) for n, role in enumerate(ORDER)), output_field=IntegerField()
    )
    rows = space.memberships.select_related("person__unit").order_by(place, "person__name_key", "pk")
    after = request.GET.get("from", "")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = list(rows[start : start + PAGE + 1])
    context |= {
        "tabs": tabs_of(context, "members"),
        "rows": found[:PAGE],
        "next": start + PAGE if len(found) > PAGE else None,
        "form": form,
        "verdict": verdict,
    }
    return render(request, "communities/members.html", context, status=status)


@surface("a community the reader may know of, through the gate")
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Become a member."""
    return _deed(request, slug, lambda space: actions.join(person=request.user, space=space))


@surface("a community the reader may know of, through the gate")
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop being a member. A community that is secret or by request is out of sight afterwards."""
    return _deed(
        request, slug, lambda space: actions.leave(person=request.user, space=space), to="communities:index"
    )


@surface("a community the reader may know of, through the gate")
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a member out."""
    person = User.objects.visible_to(request.user).filter(username=request.POST.get("username", "")).first()
    if person is None:
        raise Http404
    return _deed(
        request,
        slug,
        lambda space: actions.remove(actor=request.user, space=space, person=person),
        to="communities:members",
    )


def _deed(
    request: HttpRequest, slug: str, deed: Callable[[Space], object], to: str = "communities:community"
) -> HttpResponse:
    space = find(request.user, slug)
    try:
        deed(space)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return render(request, "403.html", {"verdict": refusal.verdict}, status=status_of(refusal.verdict))
    return redirect(to) if to == "communities:index" else redirect(to, space.slug)
