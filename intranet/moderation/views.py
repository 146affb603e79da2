"""The pages of moderation: flag, queue, case, lock."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access import visibility
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation import actions, locks
from intranet.moderation.checks import NOT_FOUND
from intranet.moderation.forms import DecisionForm, FlagForm, LockForm
from intranet.moderation.kinds import CaseState, Outcome
from intranet.moderation.models import Flag, Lock
from intranet.moderation.queue import moderates_something, waiting_for
from intranet.moderation.reading import CaseFile, case_for
from intranet.runtime.surfaces import surface


def _forbidden(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return render(request, "403.html", {"verdict": verdict}, status=403)


def _no_moderator(request: HttpRequest) -> HttpResponse:
    return _forbidden(request, refuse("not_moderator", _("Cases are decided by moderators.")))


def _post(request: HttpRequest, public_id: str) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("space", "author__unit", "root__author")
    return get_object_or_404(posts, public_id=public_id)


@surface("posts the reader may see")
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report a post; coming again changes my own report."""
    post = _post(request, public_id)
    flags = Flag.objects.filter(case__post=post, case__state=CaseState.OPEN, reporter=request.user)
    mine = flags.select_related("clause__version__policy").first()
    asked = request.GET.get("clause", "")
    initial = {"clause": mine.clause.name, "note": mine.note} if mine else {"clause": asked}
    form = FlagForm(request.user, request.POST or None, initial=initial)
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.flag(reporter=request.user, post=post, **form.cleaned_data)
            except Refused as refused:
                verdict, status = _seen(refused), 403
            else:
                messages.success(request, _("Flagged. A moderator looks at it within a day."))
                return redirect(post.get_absolute_url())
    context = {"post": post, "form": form, "mine": mine, "verdict": verdict}
    return render(request, "moderation/flag.html", context, status=status)


def _seen(refused: Refused) -> Verdict:
    """The verdict of a refusal; what one may not see is not there."""
    if refused.verdict.code == NOT_FOUND:
        raise Http404
    return refused.verdict


@surface("cases in spaces the reader moderates")
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The open cases in the places I moderate, the riskiest first."""
    if not moderates_something(request.user):
        return _no_moderator(request)
    mine = request.GET.get("mine") == "1"
    context = {"cases": waiting_for(request.user, timezone.now(), mine=mine), "options": _filters(mine)}
    return render(request, "moderation/queue.html", context)


def _filters(mine: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("All open"), "url": "?", "current": not mine},
        {"label": _("Mine"), "url": "?mine=1", "current": mine},
    ]


def _file(request: HttpRequest, public_id: str) -> CaseFile:
    case = case_for(request.user, public_id)
    if case is None:
        raise Http404
    return CaseFile(case, request.user)


def _party(request: HttpRequest) -> HttpResponse:
    message = _("You wrote this post, so another moderator decides about it.")
    return _forbidden(request, refuse("party", message))


@surface("cases in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """One case: what was written, who flagged it, and the decision with what people will see of it."""
    if not moderates_something(request.user):
        return _no_moderator(request)
    file = _file(request, public_id)
    if file.post.author_id == request.user.pk:
        return _party(request)
    if request.method == "GET":
        first = file.flags[0].clause.name if file.flags else ""
        return _case_page(request, file, DecisionForm(request.user, initial={"clause": first}))
    form = DecisionForm(request.user, request.POST)
    if not form.is_valid():
        return _case_page(request, file, form, status=422)
    if request.POST.get("step") != "decide":
        return _case_page(request, file, form)
    try:
        actions.decide(actor=request.user, case=file.case, **form.cleaned_data)
    except Refused as refused:
        return _case_page(request, file, form, verdict=_seen(refused), status=403)
    messages.success(
        request, _("Decided: %(outcome)s.") % {"outcome": Outcome(form.cleaned_data["outcome"]).label}
    )
    return redirect("moderation:queue")


def _case_page(
    request: HttpRequest,
    file: CaseFile,
    form: DecisionForm,
    *,
    verdict: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    said = getattr(form, "cleaned_data", {}) if form.is_bound and form.is_valid() else {}
    context = {
        "file": file,
        "form": form,
        "verdict": verdict,
        "preview": said and {**said, "lock": _would_be(request, file.post, said)},
        "cases": waiting_for(request.user, timezone.now()),
    }
    return render(request, "moderation/case.html", context, status=status)


def _would_be(request: HttpRequest, post: Post, said: dict[str, Any]) -> Lock | None:
    """The lock as it would be shown, stored nowhere."""
    if said.get("outcome", Outcome.LOCK) != Outcome.LOCK:
        return None
    terms = {name: said[name] for name in ("clause", "scope", "until", "note")}
    return Lock(post=post, placed_by=request.user, **terms)


@surface("cases in spaces the reader moderates")
@require_POST
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a case, or give it back: the wanted state is in `claimed`."""
    if not moderates_something(request.user):
        return _no_moderator(request)
    file = _file(request, public_id)
    if file.post.author_id == request.user.pk:
        return _party(request)
    try:
        actions.claim(actor=request.user, case=file.case, claimed=request.POST.get("claimed") == "1")
    except Refused as refused:
        return _forbidden(request, _seen(refused))
    return redirect(file.case.get_absolute_url())


def _may_decide(request: HttpRequest, post: Post) -> HttpResponse | None:
    if visibility.moderates_space(request.user, post.space):
        return None
    return _forbidden(request, refuse("not_moderator", _("Only moderators of this place can do that.")))


@surface("posts in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lock a post without a case, or change the terms of the lock that holds."""
    post = _post(request, public_id)
    if refusal := _may_decide(request, post):
        return refusal
    held = Lock.objects.holding().with_clause().filter(post=post).first()
    form = LockForm(request.user, request.POST or None, initial=_terms(held))
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if request.POST.get("step") != "lock":
                status = 200
            else:
                try:
                    locks.lock(actor=request.user, post=post, **form.cleaned_data)
                except Refused as refused:
                    verdict, status = _seen(refused), 403
                else:
                    messages.success(request, _("Locked. Readers see the clause."))
                    return redirect(post.get_absolute_url())
    preview = (
        {"lock": _would_be(request, post, form.cleaned_data)} if form.is_bound and form.is_valid() else None
    )
    context = {"post": post, "form": form, "held": held, "verdict": verdict, "preview": preview}
    return render(request, "moderation/lock.html", context, status=status)


def _terms(held: Lock | None) -> dict[str, Any] | None:
    if held is None:
        return None
    until = timezone.localdate(held.until) if held.until else None
    return {"clause": held.clause.name, "scope": held.scope, "until": until, "note": held.note}


@surface("posts in spaces the reader moderates")
@require_POST
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a post again, or show it again when it was hidden."""
    post = _post(request, public_id)
    if refusal := _may_decide(request, post):
        return refusal
    try:
        locks.unlock(actor=request.user, post=post)
        if post.state == PostState.HIDDEN:
            actions.restore(actor=request.user, post=post)
    except Refused as refused:
        return _forbidden(request, _seen(refused))
    messages.success(request, _("Open again."))
    return redirect(post.get_absolute_url())
