"""Where the experts of a community keep its ready answers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.canned import actions
from communities.canned.forms import CannedForm
from communities.canned.models import Canned
from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from intranet.access.verdict import Refused
from intranet.posting.writing import status_of
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("ready answers of a community whose expert or manager the reader is")
@require_http_methods(["GET", "POST"])
def canned(request: HttpRequest, slug: str) -> HttpResponse:
    """The ready answers, and a form for one of them: a new one, or `?edit=` an old one."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    if not (may := actions.may_write(request.user, space)):
        raise PermissionDenied(may.message)
    if "remove" in request.POST:
        row = get_object_or_404(Canned, pk=number_in(request.POST["remove"]), space=space)
        return done(
            request,
            lambda: actions.remove_canned(actor=request.user, canned=row),
            "communities:canned",
            slug,
            said=_("The ready answer is removed."),
        )
    edited = Canned.objects.filter(space=space, pk=number_in(request.GET.get("edit", ""))).first()
    form = CannedForm(
        request.POST or None, initial={"name": edited.name, "body": edited.body} if edited else None
    )
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_canned(actor=request.user, space=space, canned=edited, **form.cleaned_data)
                return redirect("communities:canned", slug)
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    rows = actions.canned_in(space)
    context |= {
        "tabs": tabs_of(context, ""),
        "rows": rows,
        "form": form,
        "edited": edited,
        "verdict": verdict,
    }
    return render(request, "communities/canned.html", context, status=status)
