"""The page of likeness: what was learned, how often it is right, and the switch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.likeness.models import Learned, LikenessSwitch
from intranet.likeness.reading import clauses_learned
from intranet.likeness.suggesting import is_on, switch
from intranet.likeness.tasks import learn_from_decisions
from intranet.moderation.answering import done
from intranet.moderation.desk import for_moderators, tabs
from intranet.runtime.surfaces import surface
from intranet.runtime.tasks import enqueue_once
from intranet.settings.product import LIKENESS_MIN, LIKENESS_THRESHOLD


@surface("moderators of the whole organisation: counts a clause, no post and no name")
@require_GET
@for_moderators
def index(request: HttpRequest) -> HttpResponse:
    """What suggestions rest on and how often they were right on decisions kept aside."""
    learned = Learned.objects.first()
    context = {
        "on": is_on(),
        "switched": LikenessSwitch.objects.select_related("by").first(),
        "learned": learned,
        "rows": clauses_learned(learned, request.user),
        "least": LIKENESS_MIN,
        "threshold": LIKENESS_THRESHOLD,
        "leads": request.user.moderates_everywhere,
        "tabs": tabs(request, "fairness"),
    }
    return render(request, "likeness/index.html", context)


@surface("moderators of the whole organisation")
@require_POST
@for_moderators
def set_on(request: HttpRequest) -> HttpResponse:
    """Switch suggestions on or off: the wanted state is in `on`."""
    wanted = request.POST.get("on") == "1"

    def deed() -> None:
        switch(actor=request.user, on=wanted)
        if wanted:
            enqueue_once(learn_from_decisions)

    words = _("Suggestions are on.") if wanted else _("Suggestions are off.")
    return done(request, deed, "likeness:index", said=words)
