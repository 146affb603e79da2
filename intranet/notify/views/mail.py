"""Choosing the rhythm of mails, and stopping them from a mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from intranet.notify.digests import choose, person_of
from intranet.notify.models import Rhythm
from intranet.runtime.surfaces import surface


@surface("the reader's own choice")
@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    """Choose how often I get what I have not seen by mail."""
    wanted = request.POST.get("rhythm", "")
    if wanted not in Rhythm.values:
        raise Http404
    choose(person=request.user, rhythm=wanted)
    messages.success(request, _("Mails: %(rhythm)s.") % {"rhythm": Rhythm(wanted).label.lower()})
    return redirect("notify:following")


@surface(
    "whoever holds the signed link of a mail; it stops the mails of its recipient and shows nothing of theirs"
)
@login_not_required
@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signature is the proof
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails of the person for whom `token` was signed, after a press on a button."""
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choose(person=person, rhythm=Rhythm.NEVER)
    return render(request, "notify/stop.html", {"stopped": request.method == "POST"})
