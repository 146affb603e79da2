"""The page on which one says where a question stands, and the presses that need no text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.questions import urgency
from communities.questions.models import Mark, QuestionState
from communities.standing import actions, claims
from communities.standing.forms import AskBackForm, HurryForm, RepeatForm, RetireForm
from communities.standing.reading import READ_WITH
from communities.standing.rights import may_mark
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.search.similar import similar
from intranet.settings.product import URGENT_A_MONTH
from intranet.ui.forms import Form

FORMS: dict[str, type[Form]] = {
    Mark.NEEDS_INFO: AskBackForm,
    Mark.DUPLICATE: RepeatForm,
    Mark.OBSOLETE: RetireForm,
}
PRESSES: dict[str, Callable[..., Any]] = {
    "claim": claims.claim,
    "release": claims.release,
    "reopen": actions.reopen,
}


def find_question(reader: User, public_id: str) -> Post:
    """A question that `reader` sees, or 404."""
    questions = Post.objects.visible_to(reader).threads().filter(kind=PostKind.QUESTION)
    return get_object_or_404(questions.select_related("space", "author", *READ_WITH), public_id=public_id)


@surface("a question the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say where a question stands: `do` is a mark with its form, or `claim`, `release`, `reopen`."""
    question = find_question(request.user, public_id)
    if request.method == "GET":
        return _page(request, question)
    wanted = request.POST.get("do", "")
    if wanted in PRESSES:
        return _press(request, question, PRESSES[wanted])
    if wanted not in FORMS:
        raise Http404
    form = FORMS[wanted](request.POST)
    if not form.is_valid():
        return _page(request, question, wanted, form, status=422)
    try:
        _mark(request.user, question, wanted, form)
    except Refused as refusal:
        _hide(refusal)
        return _page(request, question, wanted, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("Saved. You can take it back at any time."))
    return redirect(question.get_absolute_url())


def _mark(person: User, question: Post, mark: str, form: Form) -> None:
    if mark == Mark.DUPLICATE:
        original = find_question(person, form.cleaned_data["original"])
        actions.repeat(actor=person, question=question, original=original)
    elif mark == Mark.OBSOLETE:
        actions.retire(actor=person, question=question, note=form.cleaned_data["note"])
    else:
        actions.ask_back(actor=person, question=question, note=form.cleaned_data["note"])


def _press(request: HttpRequest, question: Post, deed: Callable[..., Any]) -> HttpResponse:
    try:
        deed(actor=request.user, question=question)
    except Refused as refusal:
        _hide(refusal)
        status = status_of(refusal.verdict)
        return render(request, "403.html", {"verdict": refusal.verdict}, status=status)
    return redirect(question.get_absolute_url())


def _hide(refusal: Refused) -> None:
    """What may not be seen is answered as what is not there."""
    if refusal.verdict.code == NOT_FOUND:
        raise Http404


def _page(
    request: HttpRequest,
    question: Post,
    mark: str = "",
    form: Form | None = None,
    verdict: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    detail = question.question_detail
    open_now = detail.state in (QuestionState.UNANSWERED, QuestionState.ANSWERED, QuestionState.NEEDS_INFO)
    offered = [
        name
        for name in FORMS
        if may_mark(request.user, question, name) and (name != Mark.NEEDS_INFO or open_now)
    ]
    alike = similar(request.user, question.title, space=question.space) if Mark.DUPLICATE in offered else []
    context = {
        "post": question,
        "space": question.space,
        "detail": detail,
        "forms": {
            name: form if name == mark and form else FORMS[name](auto_id=f"{name}_%s") for name in offered
        },
        "current": mark,
        "verdict": verdict,
        "alike": [
            entry.post
            for entry in alike
            if entry.post_id != question.pk and entry.post.kind == PostKind.QUESTION
        ],
    }
    return render(request, "communities/state.html", context, status=status)


@surface("a question of the reader's own, through the gate")
@require_http_methods(["GET", "POST"])
def urgent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say why a question of mine is urgent, or take that back with `calm`."""
    question = find_question(request.user, public_id)
    form = HurryForm(request.POST or None, initial={"reason": question.question_detail.urgent_note})
    if request.method == "GET":
        verdict = urgency.may_hurry(request.user, question)
        return _hurry_page(request, question, form, None if verdict else verdict)
    try:
        if "calm" in request.POST:
            urgency.calm(actor=request.user, question=question)
            said = _("The question is no longer marked as urgent.")
        elif not form.is_valid():
            return _hurry_page(request, question, form, status=422)
        else:
            urgency.hurry(actor=request.user, question=question, reason=form.cleaned_data["reason"])
            said = _("Marked as urgent. Those who can answer are reminded earlier.")
    except Refused as refusal:
        _hide(refusal)
        return _hurry_page(request, question, form, refusal.verdict)
    messages.success(request, said)
    return redirect(question.get_absolute_url())


def _hurry_page(
    request: HttpRequest, question: Post, form: Form, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "post": question,
        "space": question.space,
        "detail": question.question_detail,
        "form": form,
        "verdict": verdict,
        "may": bool(urgency.may_hurry(request.user, question)),
        "left": urgency.urgent_left(request.user),
        "most": URGENT_A_MONTH,
    }
    return render(
        request,
        "communities/urgent.html",
        context,
        status=status_of(verdict) if verdict is not None else status,
    )
