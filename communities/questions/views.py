"""Where a question is asked and a talk is started."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.asking import addressing
from communities.asking.sealing import may_be_anonymous
from communities.openings.reading import openings_in, skeleton_of
from communities.questions import actions
from communities.questions.forms import AskForm, TalkForm, values
from communities.questions.promises import due_in
from communities.questions.urgency import urgent_left
from communities.threads import actions as threads
from intranet.access.deeds import Deed
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.people.models import OrgUnit, User
from intranet.posting.assisting.reading import person_to_ask
from intranet.posting.forms import StartForm
from intranet.posting.once import Written
from intranet.posting.writing import Composer, check, opened, received, refused, stored
from intranet.runtime.surfaces import surface

KINDS_OF = {
    "communities/ask.html": (PostKind.QUESTION,),
    "communities/start.html": (PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT),
}
"""Whose templates one can start from on each page."""
NAMES = 200
"""People and units offered while a name is typed; any other can be typed in full."""
SAID = ("title", "source", "tags", "disclosures", "client_token")


@surface("communities the reader sees into")
def choose(request: HttpRequest) -> HttpResponse:
    """Where to ask: my communities first, then those anybody may read."""
    spaces = Space.objects.communities().entered_by(request.user).filter(archived_at=None)
    mine = [space for space in spaces if space.pk in request.user.space_roles]
    others = [space for space in spaces if space.pk not in request.user.space_roles]
    return render(
        request,
        "communities/choose.html",
        {"mine": mine, "others": others, "carried": _carried(request)},
    )


def _carried(request: HttpRequest) -> str:
    """What a link to "ask" brought along, for the form: a title, whom to mention."""
    known = {name: request.GET[name] for name in ("title", "mention") if request.GET.get(name)}
    return f"?{urlencode(known)}" if known else ""


def _space(reader: User, slug: str) -> Space:
    """A community into which `reader` sees, or 404."""
    return get_object_or_404(Space.objects.communities().entered_by(reader), slug=slug)


@surface("a community the reader sees into, through the gate")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a question in a community."""
    return _start(request, _space(request.user, slug), AskForm, f"ask:{slug}", "communities/ask.html")


@surface("a community the reader sees into, through the gate")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a discussion, an idea or an announcement in a community."""
    return _start(request, _space(request.user, slug), TalkForm, f"start:{slug}", "communities/start.html")


def _start(
    request: HttpRequest, space: Space, form_class: type[StartForm], key: str, template: str
) -> HttpResponse:
    if request.method == "GET":
        initial = {"title": request.GET.get("title", "")[:200], "kind": request.GET.get("kind", "discussion")}
        initial |= skeleton_of(space, request.GET)
        if person := person_to_ask(request.user, request.GET.get("mention", "")):
            initial["source"] = f"@{person.username} "
        return _show(request, space, opened(request, form_class, key, initial=initial), template)
    form = received(request, form_class, space=space)
    if not form.is_valid():
        return _show(request, space, refused(request, form, key), template, 422)
    try:
        check(request, form, space)
        written = _write(request.user, space, form)
    except Refused as refusal:
        composer = refused(request, form, key, refusal)
        return _show(request, space, composer, template, status_of(refusal.verdict))
    stored(request, key)
    if form.cleaned_data.get("anonymous") and written.post.state != PostState.PUBLISHED:
        messages.success(
            request, _("Your question waits for a moderator. It is among your anonymous questions.")
        )
        return redirect("communities:sealed_mine")
    return redirect(written.post.get_absolute_url())


def _write(author: User, space: Space, form: StartForm) -> Written:
    said = values(form, SAID)
    if isinstance(form, TalkForm):
        return threads.start(author=author, space=space, kind=form.cleaned_data["kind"], **said)
    chosen = form.cleaned_data
    return actions.ask(
        author=author,
        space=space,
        anonymous=chosen["anonymous"],
        to=addressing.named(chosen),
        urgent=chosen["urgent"],
        **said,
    )


def may_start(person: User, space: Space) -> Verdict:
    """The verdict of the gate on starting something in `space`, asked before anything is typed."""
    return gate.verdict_on(gate.Permit(actor=person, deed=Deed.START, space=space, post=None, root=None))


def _show(
    request: HttpRequest, space: Space, composer: Composer, template: str, status: int = 200
) -> HttpResponse:
    context = {
        "space": space,
        "composer": composer,
        "members": space.memberships.count(),
        "due": due_in(space, timezone.now()),
        "verdict": may_start(request.user, space),
        "openings": openings_in(space, *KINDS_OF[template]),
    }
    if template == "communities/ask.html":
        context |= _around_asking(request.user, space)
    return render(request, template, context, status=status)


def _around_asking(asker: User, space: Space) -> dict[str, object]:
    """What stands around the form of a question: whom one can name, who is asked by default, what is left to use."""
    people = space.memberships.filter(person__is_active=True).exclude(person=asker)
    names = people.order_by("person__name_key").values_list("person__username", "person__name")
    return {
        "names": names[:NAMES],
        "units": [] if asker.is_guest else OrgUnit.objects.all()[:NAMES],
        "lines": addressing.likely(space, asker),
        "first": True,
        "unknown": None,
        "urgent_left": urgent_left(asker),
        "may_be_anonymous": may_be_anonymous(space),
    }
