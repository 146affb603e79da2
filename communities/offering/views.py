"""The desk of those who run communities: threads that others offer them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from communities.moving.forms import DeclineForm
from communities.moving.models import Offer
from communities.moving.reading import losing_sight, offers_for
from communities.offering import actions
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.moderation.checks import NOT_FOUND
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page


@surface("offers to communities the reader moderates")
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Threads that wait to be taken in, newest first."""
    found = page(offers_for(request.user), request.GET.get("cursor", ""), by="asked_at")
    for offer in found:
        offer.source_known = visibility.sees_space(request.user, offer.post.space)
    return render(request, "communities/moving/offers.html", {"page": found})


@surface("an offer of the reader's side or to it")
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """One offer: take the thread in, decline it, or withdraw it."""
    offers_seen = Offer.objects.visible_to(request.user).select_related(
        "post__space", "post__author", "target", "requester", "answered_by"
    )
    offered = get_object_or_404(offers_seen, public_id=public_id)
    form = DeclineForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _show(request, offered, form, status=200 if request.method == "GET" else 422)
    try:
        words = _DEEDS[request.POST.get("deed", "")](request, offered, form)
    except KeyError:
        raise Http404 from None
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return _show(request, offered, form, status=status_of(refusal.verdict), verdict=refusal.verdict)
    messages.success(request, words)
    if visibility.moderates_space(request.user, offered.target):
        return redirect("communities:offers")
    return redirect(offered.post.get_absolute_url())


def _show(
    request: HttpRequest, offered: Offer, form: DeclineForm, *, status: int, **more: Any
) -> HttpResponse:
    me, post = request.user, offered.post
    context = {
        "offer": offered,
        "form": form,
        "receiving": visibility.moderates_space(me, offered.target),
        "giving": visibility.moderates_space(me, post.space),
        "source_known": visibility.sees_space(me, post.space),
        "readable": visibility.sees_post(me, post),
        "losing": losing_sight(post, offered.target),
        **more,
    }
    return render(request, "communities/moving/offer.html", context, status=status)


def _take_in(request: HttpRequest, offered: Offer, _form: DeclineForm) -> str:
    actions.take_in(actor=request.user, offered=offered)
    return _("Taken in. This can be undone for a day.")


def _decline(request: HttpRequest, offered: Offer, form: DeclineForm) -> str:
    actions.decline(actor=request.user, offered=offered, answer=form.cleaned_data["answer"])
    return _("Declined. Whoever offered it is told.")


def _withdraw(request: HttpRequest, offered: Offer, _form: DeclineForm) -> str:
    actions.withdraw(actor=request.user, offered=offered)
    return _("Withdrawn. The thread stays where it is.")


_DEEDS = {"take_in": _take_in, "decline": _decline, "withdraw": _withdraw}
