"""Pages of introductions: the knowledge manager's, and one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.runtime.surfaces import surface
from intranet.settings import product
from kms.introductions import actions, measuring, reading
from kms.introductions.calendar import as_ics
from kms.introductions.forms import AnswerForm, AskForm, MeetingForm, ThreadForm
from kms.introductions.models import Arm, Candidate, Introduction
from kms.introductions.tasks import draw_pairs
from kms.network.models import Snapshot
from kms.network.views import for_knowledge_managers


@surface("knowledge managers; names only of people who take part in introductions; never who answered what")
@for_knowledge_managers
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Suggested pairs, what became of earlier ones, and whether introducing works here."""
    judgement = measuring.judge(held_out=product.SNA_HOLD_OUT)
    context = {
        "suggestions": reading.suggestions(),
        "introductions": reading.under_way(),
        "judgement": judgement,
        "lines": reading.rows_of(judgement),
        "taking_part": reading.taking_part(),
        "report": _drawable(),
    }
    return render(request, "introductions/desk.html", context)


def _drawable() -> Snapshot | None:
    return Snapshot.objects.done().of_the_organisation().exclude(freeze=None).newest_first().first()


@surface("knowledge managers; shows nothing")
@for_knowledge_managers
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Have the newest report searched for pairs."""
    if snapshot := _drawable():
        draw_pairs.enqueue(snapshot.pk)
        messages.success(request, _("The newest report is being searched for pairs. Look again in a minute."))
    return redirect("introductions:desk")


@surface("knowledge managers; names only of people who take part in introductions")
@for_knowledge_managers
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask both people of a suggested pair whether they want to meet."""
    rows = Candidate.objects.filter(arm=Arm.OFFERED, introduction=None)
    candidate = get_object_or_404(rows.select_related("low__unit", "high__unit", "topic"), pk=pk)
    form = AskForm(reading.questions_for(candidate), request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask(request, candidate, form, status=200 if request.method == "GET" else 422)
    try:
        actions.introduce(actor=request.user, candidate=candidate, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.verdict.message))
        return _ask(request, candidate, form, status=status_of(refusal.verdict))
    messages.success(request, _("Both were asked, each for themselves."))
    return redirect("introductions:desk")


def _ask(request: HttpRequest, candidate: Candidate, form: AskForm, status: int) -> HttpResponse:
    context = {"suggestion": reading.suggestion(candidate), "form": form}
    return render(request, "introductions/ask.html", context, status=status)


@surface("the reader's own introductions; never what the other answered")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My introductions."""
    return _mine(request)


def _mine(
    request: HttpRequest,
    about: int = 0,
    forms: dict[str, Any] | None = None,
    refused: Any = None,
    status: int = 200,
) -> HttpResponse:
    rows = reading.mine(request.user)
    shown = [
        {
            "mine": row,
            "thread_form": ThreadForm(row.spaces, initial={"title": _title(row)}, prefix="thread"),
            "meeting_form": MeetingForm(prefix="meeting"),
            **(forms if forms and row.introduction.pk == about else {}),
            "refused": refused if row.introduction.pk == about else None,
        }
        for row in rows
    ]
    return render(request, "introductions/mine.html", {"rows": shown}, status=status)


def _title(row: reading.Mine) -> str:
    topic = row.introduction.candidate.topic
    return topic.label if topic else _("Getting to know each other")


@surface("one of the two people of an introduction")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes, later or no."""
    introduction = get_object_or_404(Introduction.objects.of(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _mine(request, pk, status=422)
    try:
        actions.answer(person=request.user, introduction=introduction, **form.cleaned_data)
    except Refused as refusal:
        return _mine(request, pk, refused=refusal.verdict, status=409)
    return redirect("introductions:mine")


@surface("one of the two people of an introduction that both agreed to")
@require_POST
def meet(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a thread, fix a meeting, or say that we met."""
    introduction = get_object_or_404(Introduction.objects.of(request.user), pk=pk)
    row = next((row for row in reading.mine(request.user) if row.introduction.pk == pk), None)
    forms = {
        "thread_form": ThreadForm(row.spaces if row else [], request.POST, prefix="thread"),
        "meeting_form": MeetingForm(request.POST, prefix="meeting"),
    }
    how = request.POST.get("how", "")
    form = forms.get(f"{how}_form")
    if form and not form.is_valid():
        return _mine(request, pk, {f"{how}_form": form}, status=422)
    try:
        return _meet(request, introduction, how, form.cleaned_data if form else {})
    except Refused as refusal:
        return _mine(request, pk, refused=refusal.verdict, status=status_of(refusal.verdict))


def _meet(request: HttpRequest, introduction: Introduction, how: str, said: dict[str, Any]) -> HttpResponse:
    if how == "thread":
        thread = actions.start_thread(person=request.user, introduction=introduction, **said)
        return redirect(thread.get_absolute_url())
    if how == "meeting":
        actions.fix_meeting(person=request.user, introduction=introduction, **said)
    else:
        actions.say_met(person=request.user, introduction=introduction)
    return redirect("introductions:mine")


@surface("one of the two people of an introduction that has a meeting")
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreed meeting as a calendar file, in the reader's language."""
    row = next((row for row in reading.mine(request.user) if row.introduction.pk == pk), None)
    if row is None or not row.may_meet or row.introduction.meet_at is None:
        raise Http404
    meeting = reading.meeting_of(row, request.build_absolute_uri(reverse("introductions:mine")))
    headers = {"Content-Disposition": f'attachment; filename="meeting-{pk}.ics"'}
    return HttpResponse(
        as_ics(meeting, timezone.now()), content_type="text/calendar; charset=utf-8", headers=headers
    )
