"""My network: my ties, what is held about me, my choices, and who looked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.runtime.surfaces import surface
from intranet.settings import product
from kms.consent.actions import CHOICES, choose, standing_of
from kms.mine import reading
from kms.network.terms import Purpose


@surface("the reader's own ties, as counts by unit; what is held about the reader alone")
@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """My ties by unit, my choices, what is held about me and who looked."""
    context = {
        "ego": reading.ego(request.user),
        "standing": standing_of(request.user),
        "held": reading.held(request.user),
        "looks": reading.looks(),
        "days": reading.DAYS,
    }
    return render(request, "mine/network.html", context)


@surface("the reader's own choices")
@require_POST
def set_choice(request: HttpRequest) -> HttpResponse:
    """Say yes or no to one thing, with one press."""
    name, value = request.POST.get("choice", ""), request.POST.get("value", "")
    if name not in CHOICES or value not in {"yes", "no"}:
        raise Http404
    choose(person=request.user, **{name: value == "yes"})
    messages.success(request, _("Saved. It holds from now on."))
    return redirect("mine:network")


@surface("rows about the reader alone", kind="export")
@require_GET
def copy(request: HttpRequest) -> JsonResponse:
    """Everything held about me, as a file."""
    return JsonResponse(
        reading.copy_of(request.user),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": 'attachment; filename="my-network.json"'},
    )


@surface("everybody who is signed in; no data of anybody")
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """How the analysis works, what it never does, and the way out."""
    context = {
        "floor": product.SNA_FLOOR,
        "cell_floor": product.SNA_CELL_FLOOR,
        "audience": product.BROADCAST_AUDIENCE,
        "kept": product.SNA_FREEZE_DAYS,
        "purposes": Purpose.labels,
        "open_most": product.INTRODUCTIONS_OPEN,
    }
    return render(request, "mine/about.html", context)
