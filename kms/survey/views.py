"""Pages of surveys: making one, taking part in one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access.verdict import Refused, Verdict
from intranet.runtime.surfaces import surface
from intranet.settings import product
from kms.network.views import for_knowledge_managers
from kms.survey import actions, reading
from kms.survey.forms import AnswerForm, SurveyForm
from kms.survey.models import Survey, Taking


@surface("knowledge managers; who answered only as a rate above the floor")
@for_knowledge_managers
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """All surveys with their rates, and a form for a new one."""
    form = SurveyForm(request.POST) if request.method == "POST" else SurveyForm.for_today()
    if request.method == "POST" and form.is_valid():
        actions.make(actor=request.user, **form.cleaned_data)
        messages.success(request, _("The survey is there. People find it under My network."))
        return redirect("survey:desk")
    surveys = Survey.objects.prefetch_related("units").order_by("-opens", "-pk")
    context = {"form": form, "surveys": [(survey, reading.rate(survey)) for survey in surveys]}
    return render(request, "survey/desk.html", context, status=422 if form.errors else 200)


@surface("surveys that ask the reader")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Surveys that ask me."""
    return render(request, "survey/mine.html", {"surveys": reading.open_to(request.user)})


def _find(request: HttpRequest, pk: int) -> Survey:
    return get_object_or_404(Survey.objects.asking(request.user), pk=pk)


@surface("a survey that asks the reader; names of colleagues the reader may know; the reader's own answers")
@require_GET
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent first, then the roster."""
    return _page(request, _find(request, pk))


def _page(
    request: HttpRequest,
    survey: Survey,
    chosen: set[int] | None = None,
    refused: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    taking = Taking.objects.filter(survey=survey, person=request.user).first()
    context: dict[str, Any] = {"survey": survey, "taking": taking, "refused": refused}
    if taking and survey.is_open:
        context["chosen"] = reading.named_by(request.user, survey) if chosen is None else chosen
        context["roster"] = reading.roster(request.user, context["chosen"])
        context["most"] = product.SURVEY_NAMES
    return render(request, "survey/take.html", context, status=status)


@surface("the reader's own consent")
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to take part."""
    survey = _find(request, pk)
    try:
        actions.agree(person=request.user, survey=survey)
    except Refused as refusal:
        return _page(request, survey, refused=refusal.verdict, status=409)
    return redirect("survey:take", pk)


@surface("the reader's own answers")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Save whom I turn to."""
    survey = _find(request, pk)
    form = AnswerForm(request.POST)
    named = list(form.cleaned_data["named"]) if form.is_valid() else []
    try:
        actions.answer(person=request.user, survey=survey, named=named)
    except Refused as refusal:
        return _page(request, survey, {one.pk for one in named}, refusal.verdict, status=422)
    messages.success(request, _("Thank you. You can change your answer until the last day."))
    return redirect("survey:mine")


@surface("the reader's own answers")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove all I said in a survey."""
    actions.take_back(person=request.user, survey=_find(request, pk))
    messages.success(request, _("Your answers are gone."))
    return redirect("survey:mine")
