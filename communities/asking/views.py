"""Who will be asked while a question is typed; my anonymous questions; opening a sealed name."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.asking import addressing, opening, sealing
from communities.asking.forms import ReasonForm
from communities.asking.models import Unsealing
from communities.questions.promises import due_in
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content import voices
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.moderation.checks import NOT_FOUND
from intranet.routing.candidates import Asked
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

TITLE_MAX = 200


@surface("people who may read the question, by evidence the asker may see")
def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """The fragment that says who will be asked, and by when: from `title`, `tags`, `to` and `name` as they are typed."""
    spaces = Space.objects.communities().entered_by(request.user).select_related("charter", "office_hours")
    space = get_object_or_404(spaces, slug=slug)
    said = {name: request.GET.get(name, "")[:TITLE_MAX].replace("\0", "") for name in ("title", "tags")}
    topics = tuple(name.strip() for name in said["tags"].split(",") if name.strip())
    question = Asked(reader=request.user, title=said["title"], topics=topics, space=space)
    refusal, lines, first = None, [], False
    try:
        to = addressing.addressee(request.user, space, addressing.named(request.GET))
        first = not (to or question.title or question.topics)
        lines = addressing.likely(space, request.user) if first else addressing.asked_people(question, to)
    except Refused as problem:
        refusal = problem.verdict
    context = {"lines": lines, "first": first, "unknown": refusal, "due": due_in(space, timezone.now())}
    return render(request, "communities/asked.html", context)


@surface("the reader's own anonymous questions")
def mine(request: HttpRequest) -> HttpResponse:
    """What I asked anonymously, and whether somebody opened my name."""
    found = page(
        sealing.questions_of(request.user).select_related("space", "question_detail"),
        request.GET.get("cursor", ""),
    )
    opened = Unsealing.objects.filter(post__in=[post.pk for post in found], opened=True)
    by_post = {row.post_id: row for row in opened.select_related("asked_by", "settled_by")}
    for post in found:
        post.opening = by_post.get(post.pk)
    return render(request, "communities/sealed_mine.html", {"posts": found})


@surface("anonymous questions in places the reader moderates")
def waiting(request: HttpRequest) -> HttpResponse:
    """Requests to open a name: those that wait first."""
    if not opening.may_open(request.user):
        raise Http404
    rows = opening.requests_for(request.user).order_by("settled_at", "-asked_at")[:100]
    return render(request, "communities/sealed_waiting.html", {"rows": rows})


@surface("an anonymous question in a place the reader moderates, through the gate")
@require_http_methods(["GET", "POST"])
def ask_to_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask who wrote a question, and say why."""
    questions = Post.objects.visible_to(request.user).threads().filter(kind=PostKind.QUESTION)
    question = get_object_or_404(questions.select_related("space", "author"), public_id=public_id)
    if not opening.may_open(request.user) or not voices.is_voice(question.author):
        raise Http404
    form, verdict, status = ReasonForm(request.POST or None), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = opening.ask_to_open(
                    actor=request.user, question=question, reason=form.cleaned_data["reason"]
                )
                return redirect("communities:sealed_one", row.public_id)
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    context = {"post": question, "space": question.space, "form": form, "verdict": verdict}
    return render(request, "communities/sealed_ask.html", context, status=status)


@surface("a request in a place the reader moderates, through the gate; the name for the two who opened it")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One request: its reason, the second person's yes or no, and the name for the two."""
    row = get_object_or_404(opening.requests_for(request.user), public_id=public_id)
    if request.method == "POST" and request.POST.get("do") in ("agree", "decline"):
        return _settle(request, row, request.POST["do"] == "agree")
    name = None
    if request.method == "POST" and request.POST.get("do") == "read":
        name = opening.read_name(actor=request.user, unsealing=row)
    context = {
        "row": row,
        "asker": name,
        "mine": row.asked_by_id == request.user.pk,
        "may_read": row.opened and request.user.pk in (row.asked_by_id, row.settled_by_id),
    }
    return render(request, "communities/sealed_one.html", context)


def _settle(request: HttpRequest, row: Unsealing, agree: bool) -> HttpResponse:
    try:
        opening.settle(actor=request.user, unsealing=row, agree=agree)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return render(request, "403.html", {"verdict": refusal.verdict}, status=status_of(refusal.verdict))
    messages.success(request, _("Opened. The asker is told.") if agree else _("The name stays sealed."))
    return redirect("communities:sealed_one", row.public_id)
