"""One's own data: what is held, a copy of it, and asking to be erased."""

from __future__ import annotations

from functools import partial

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.audit import trail
from intranet.keeping import erasing, takeouts
from intranet.keeping.forms import MyErasureForm
from intranet.keeping.holdings import counted, holdings
from intranet.keeping.models import Erasure, Takeout
from intranet.keeping.retention import KINDS
from intranet.moderation.answering import Sent, done, send
from intranet.runtime.surfaces import surface

MINE = "what is held about the reader alone"


def _page(request: HttpRequest, sent: Sent, form: MyErasureForm) -> HttpResponse:
    me = request.user
    takeout = Takeout.objects.filter(person=me, requested_by=me).first()
    held = [(each, count) for each in holdings() if each.shown and (count := each.rows(me).count())]
    context = {
        "held": counted(held),
        "takeout": takeout if takeout and not takeout.is_over else None,
        "waiting": Erasure.objects.filter(person=me, settled_at=None).select_related("requested_by").first(),
        "kinds": KINDS,
        "form": form,
    }
    return sent.page(request, "keeping/mine.html", context)


@surface(MINE)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What is held about me, for how long, and what I can do about it."""
    return _page(request, Sent(), MyErasureForm(person=request.user))


@surface(MINE)
@require_POST
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of everything about me."""
    words = _("Your copy is being made. It takes about a minute.")
    deed = partial(takeouts.request_takeout, actor=request.user, person=request.user)
    return done(request, deed, "keeping:mine", said=words)


@surface("who asked for the copy, until it expires", kind="file")
@require_GET
def fetch(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The file, to who asked for it, until it expires."""
    found = get_object_or_404(
        Takeout.objects.visible_to(request.user).select_related("person"), public_id=public_id
    )
    own = found.person_id == request.user.pk
    if not found.is_ready or not found.path.exists() or not (own or request.user.administers):
        raise Http404
    trail.write("takeout_fetched", request.user, about=found.person)
    name = f"kesher-{found.person.username}-{found.ready_at:%Y-%m-%d}.zip"
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=name)


@surface(MINE)
@require_POST
def ask_erasure(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, or take that back."""
    if request.POST.get("deed") == "withdraw":
        waiting = get_object_or_404(Erasure, person=request.user, settled_at=None, requested_by=request.user)
        deed = partial(erasing.decline, actor=request.user, erasure=waiting)
        return done(request, deed, "keeping:mine", said=_("Taken back. Everything stays as it is."))
    form = MyErasureForm(request.POST, person=request.user)
    words = _("Asked for. An administrator looks at it; until then you can take it back.")

    def ask(username: str) -> None:
        erasing.request_erasure(actor=request.user, person=request.user)

    sent = send(request, form, ask, "keeping:mine", said=words)
    return sent.answer or _page(request, sent, form)
