"""The pages of standing arrangements of a place."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.content.models import Space
from intranet.moderation.answering import done, send
from intranet.moderation.desk import visible_post
from intranet.moderation.models import LookFirst
from intranet.moderation.standing import actions
from intranet.moderation.standing.forms import StandingForm
from intranet.people.models import User
from intranet.runtime.surfaces import surface


@surface("spaces the reader moderates")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """The arrangements of a place."""
    space = get_object_or_404(Space.objects.moderated_by(request.user), slug=slug)
    current = actions.standing_of(space)
    form = StandingForm(
        request.POST or None,
        initial={name: getattr(current, name) for name in StandingForm.base_fields},
    )
    deed = partial(actions.arrange, actor=request.user, space=space)
    sent = send(request, form, deed, "moderation:place", slug, said=_("Saved."))
    people = LookFirst.objects.filter(space=space).select_related("person__unit")
    context = {"space": space, "form": form, "people": people}
    return sent.answer or sent.page(request, "moderation/place.html", context)


@surface("spaces the reader moderates")
@require_POST
def look_first(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at the posts of `person` first, or no longer: the wanted state is in `wanted`."""
    space = get_object_or_404(Space.objects.moderated_by(request.user), slug=slug)
    person = get_object_or_404(User.objects.visible_to(request.user), username=request.POST.get("person", ""))
    wanted = (request.POST.get("wanted") or request.GET.get("wanted")) == "1"
    name = {"name": person.display_name}
    words = (
        _("What %(name)s writes here is looked at first.") % name
        if wanted
        else _("What %(name)s writes here is published at once.") % name
    )
    deed = partial(actions.look_first, actor=request.user, space=space, person=person, wanted=wanted)
    return done(request, deed, _back(request, space), said=words)


def _back(request: HttpRequest, space: Space) -> str:
    """The post from which it was pressed, or the arrangements."""
    public_id = request.GET.get("post", "")
    if not public_id:
        return reverse("moderation:place", args=[space.slug])
    try:
        return visible_post(request, public_id).get_absolute_url()
    except Http404:
        return space.get_absolute_url()


@surface("posts in spaces the reader moderates")
@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a thread again that was closed because it was old or solved."""
    post = visible_post(request, public_id)
    return done(request, partial(actions.reopen, actor=request.user, post=post), post, said=_("Open again."))
