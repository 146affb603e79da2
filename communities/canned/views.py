"""Where the experts of a community keep its ready answers."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.canned import actions
from communities.canned.forms import CannedForm
from communities.canned.models import Canned
from communities.charters.answering import Rows, keep_rows
from communities.charters.frame import find, frame_of, tabs_of
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
    edited = Canned.objects.filter(space=space, pk=number_in(request.GET.get("edit", ""))).first()
    page = Rows(
        to="communities:canned",
        rows=Canned.objects.filter(space=space),
        ending="remove",
        end=lambda row: actions.remove_canned(actor=request.user, canned=row),
        ended=_("The ready answer is removed."),
        keep=partial(actions.save_canned, actor=request.user, space=space, canned=edited),
    )
    said = {"name": edited.name, "body": edited.body} if edited else None
    form = CannedForm(request.POST or None, initial=said)
    came = keep_rows(request, slug, form, page)
    if came.answer:
        return came.answer
    context |= {
        "tabs": tabs_of(context, ""),
        "rows": actions.canned_in(space),
        "form": form,
        "edited": edited,
        "verdict": came.verdict,
    }
    return render(request, "communities/canned.html", context, status=came.status)
