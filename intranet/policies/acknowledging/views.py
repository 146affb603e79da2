"""The pages on which one reads and acknowledges, and on which one sees who has."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.moderation.answering import done, forbidden, send
from intranet.people.models import User
from intranet.policies.acknowledging import actions
from intranet.policies.acknowledging.due import how_many_due, reading_list
from intranet.policies.acknowledging.forms import RightForm
from intranet.policies.acknowledging.models import RightNeed
from intranet.policies.acknowledging.readers import MOST, by_unit, still_to_read, table
from intranet.policies.models import Acknowledgement, PolicyVersion
from intranet.policies.reading import Reading
from intranet.policies.roots import ROLES
from intranet.policies.views import for_owners, reading_of
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("policies that the reader is asked to acknowledge")
@require_GET
def reading(request: HttpRequest) -> HttpResponse:
    """What I am asked to read, and what I have acknowledged."""
    done = Acknowledgement.objects.filter(person=request.user).order_by("-at")
    context = {
        "versions": reading_list(request.user),
        "done": done.filter(version__in=PolicyVersion.objects.current_for(request.user)).select_related(
            "version__policy"
        ),
    }
    return render(request, "policies/reading.html", context)


def _answers(request: HttpRequest, shown: Reading) -> list[int | None]:
    """The answers to the quiz as they were sent, in the order of its questions."""
    sent = [request.POST.get(f"q-{question.pk}", "") for question in shown.policy.questions.all()]
    return [int(answer) if answer.isdecimal() and len(answer) < 4 else None for answer in sent]


def _reading_page(
    request: HttpRequest,
    shown: Reading,
    *,
    verdict: Verdict | None = None,
    answers: list[int | None] | None = None,
    status: int = 200,
) -> HttpResponse:
    questions = list(shown.policy.questions.all())
    given = answers or [None] * len(questions)
    wrong = {question.pk for question in actions.wrong_answers(shown.policy, given)} if answers else set()
    context = {
        "reading": shown,
        "verdict": verdict,
        "refused": verdict is not None,
        "quiz": [
            {"question": question, "given": answer, "wrong": question.pk in wrong, "tried": bool(answers)}
            for question, answer in zip(questions, given, strict=True)
        ],
    }
    return render(request, "policies/read.html", context, status=status)


@surface("policies written for an audience of the reader")
@require_GET
def read_policy(request: HttpRequest, slug: str) -> HttpResponse:
    """A policy to be read in one go: its rules in a line each, what changed since I read it, and the quiz."""
    shown = reading_of(request.user, slug)
    if shown.my_last and shown.my_last.version != shown.version:
        shown = reading_of(request.user, slug, against=str(shown.my_last.version.number))
    return _reading_page(request, shown)


@surface("policies written for an audience of the reader")
@require_POST
def acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that I have read the current version; a quiz that does not fit yet comes back with the line that explains."""
    shown = reading_of(request.user, slug, request.POST.get("version", ""))
    answers = _answers(request, shown)
    try:
        actions.acknowledge(person=request.user, version=shown.version, answers=answers)
    except Refused as refused:
        if refused.verdict.code == "wrong_answers":
            return _reading_page(request, shown, verdict=refused.verdict, answers=answers, status=422)
        current = reading_of(request.user, slug)
        return _reading_page(request, current, verdict=refused.verdict, status=409)
    messages.success(request, _("Noted: you have read version %(n)s.") % {"n": shown.version.number})
    more = how_many_due(request.user)
    return redirect(reverse("policies:reading") if more else reverse("policies:policy", args=[slug]))


NOT_A_MANAGER = refuse(
    "not_manager", gettext_lazy("Policy owners and managers of people see who has read a policy.")
)


def _may_look(person: User) -> bool:
    return person.has_role(*ROLES) or person.leads


@surface("policy owners: everybody in the audience; managers: who reports to them")
@require_GET
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has read the current version, by unit, and who is still to."""
    shown = reading_of(request.user, slug)
    if not _may_look(request.user):
        return forbidden(request, NOT_A_MANAGER)
    rows = by_unit(request.user, shown.version)
    missing = still_to_read(request.user, shown.version)
    context = {
        "reading": shown,
        "rows": rows,
        "asked": sum(row.asked for row in rows),
        "read": sum(row.read for row in rows),
        "missing": missing,
        "more": sum(row.missing for row in rows) > MOST,
        "everybody": request.user.has_role(*ROLES),
    }
    return render(request, "policies/readers.html", context)


class _Line:
    """Hands each line that is written straight on."""

    def write(self, line: str) -> str:
        return line


@surface("policy owners: everybody in the audience; managers: who reports to them", kind="export")
@require_GET
def readers_file(request: HttpRequest, slug: str) -> HttpResponse | StreamingHttpResponse:
    """The same as a CSV file, a line a person."""
    shown = reading_of(request.user, slug)
    if not _may_look(request.user):
        return forbidden(request, NOT_A_MANAGER)
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff"  # says to spreadsheets that the file is UTF-8
        for row in table(request.user, shown.version):
            yield writer.writerow([_harmless(cell) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-readers.csv"'
    return answer


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


@surface("policy owners")
@require_http_methods(["GET", "POST"])
@for_owners
def rights(request: HttpRequest) -> HttpResponse:
    """Which rights wait until a policy has been read."""
    here = "policies:rights"
    if end := request.POST.get("end"):
        need = get_object_or_404(RightNeed, pk=number_in(end, digits=9))
        return done(request, need.delete, here, said=_("This right no longer waits for that policy."))
    form = RightForm(request.POST or None)
    words = _("From now on this right waits until the policy has been read.")
    sent = send(request, form, RightNeed.objects.get_or_create, here, said=words)
    context = {"form": form, "needs": RightNeed.objects.select_related("policy")}
    return sent.answer or sent.page(request, "policies/rights.html", context)
