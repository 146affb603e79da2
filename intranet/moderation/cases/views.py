"""The pages of cases: report a post, the queue, one case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access import visibility
from intranet.access.verdict import refuse
from intranet.content.models import Post
from intranet.moderation import actions
from intranet.moderation.answering import Sent, done, forbidden, send
from intranet.moderation.appeals.notices import meaning_of
from intranet.moderation.cases.actions import colleagues
from intranet.moderation.cases.forms import DecisionForm, FlagForm, HandOverForm, NoteForm
from intranet.moderation.desk import for_moderators, must_moderate, tabs, visible_post
from intranet.moderation.kinds import FlagSource, Outcome
from intranet.moderation.models import Case, Decision, Flag, Lock
from intranet.moderation.penalties.ladder import next_hours
from intranet.moderation.queue import waiting_for
from intranet.moderation.reading import CaseFile, case_for
from intranet.runtime.surfaces import surface


@surface("posts the reader may see")
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report a post; coming again changes my own report. Those who run the place ask for a decision instead."""
    post = visible_post(request, public_id)
    mine = _my_flag(request, post)
    asked = request.GET.get("clause", "")
    initial = {"clause": mine.clause.name, "note": mine.note} if mine else {"clause": asked}
    form = FlagForm(request.user, request.POST or None, initial=initial)
    asks = visibility.moderates_space(request.user, post.space)
    source = FlagSource.REQUEST if asks else FlagSource.FLAG

    def report(**said: Any) -> str:
        actions.flag(reporter=request.user, post=post, source=source, **said)
        return _back_to(request, post)

    sent = send(request, form, report, said=_("Flagged. A moderator looks at it within a day."))
    context = {"post": post, "form": form, "mine": mine, "asks": asks}
    return sent.answer or sent.page(request, "moderation/flag.html", context)


def _my_flag(request: HttpRequest, post: Post) -> Flag | None:
    flags = Flag.objects.filter(case__post=post, reporter=request.user).exclude(case__state="decided")
    return flags.select_related("clause__version__policy").first()


def _back_to(request: HttpRequest, post: Post) -> str:
    """The post, or its space when the flag was the one that hid it."""
    still = Post.objects.visible_to(request.user).filter(pk=post.pk).exists()
    return post.get_absolute_url() if still else post.space.get_absolute_url()


@surface("cases in spaces the reader moderates")
@require_GET
@for_moderators
def queue(request: HttpRequest) -> HttpResponse:
    """The open cases in the places I moderate, the riskiest first."""
    mine = request.GET.get("mine") == "1"
    context = {
        "cases": waiting_for(request.user, timezone.now(), mine=mine),
        "options": [
            {"label": _("All open"), "url": "?", "current": not mine},
            {"label": _("Mine"), "url": "?mine=1", "current": mine},
        ],
        "tabs": tabs(request, "queue"),
    }
    return render(request, "moderation/queue.html", context)


def _file(request: HttpRequest, public_id: str) -> CaseFile:
    case = case_for(request.user, public_id)
    if case is None:
        raise Http404
    return CaseFile(case, request.user)


def _party(request: HttpRequest) -> HttpResponse:
    message = _("You wrote this post, so another moderator decides about it.")
    return forbidden(request, refuse("party", message))


@surface("cases in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
@for_moderators
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """One case: what was written, who flagged it, and the decision with what people will see of it."""
    file = _file(request, public_id)
    if file.post.author_id == request.user.pk:
        return _party(request)
    awaiting = file.case.state == "awaiting"
    initial = _initial(file) if request.method == "GET" else None
    form = DecisionForm(request.user, file.post, request.POST or None, initial=initial, awaiting=awaiting)
    if form.is_bound and form.is_valid() and request.POST.get("step") != "decide":
        return _case_page(request, file, form.with_words_written(), Sent(), preview=form.facts())

    def decide(**said: Any) -> Case:
        actions.decide(actor=request.user, case=file.case, **form.facts())
        messages.success(request, _("Decided: %(outcome)s.") % {"outcome": Outcome(said["outcome"]).label})
        return file.case

    sent = send(request, form, decide)
    return sent.answer or _case_page(request, file, form, sent)


def _initial(file: CaseFile) -> dict[str, Any]:
    hours = next_hours(file.post.author, seen_by=file.person, now=timezone.now())
    first = file.flags[0].clause.name if file.flags else ""
    outcome = Outcome.ACCEPTED if file.case.edited_since else Outcome.LOCK
    return {"clause": first, "hours": hours, "outcome": outcome}


def _case_page(
    request: HttpRequest,
    file: CaseFile,
    form: DecisionForm,
    sent: Sent,
    *,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "file": file,
        "form": form,
        "preview": preview and _preview(file, preview),
        "cases": waiting_for(request.user, timezone.now()),
        "note_form": NoteForm(),
        "hand_over": HandOverForm(colleagues(file.case, request.user)),
    }
    return sent.page(request, "moderation/case.html", context)


def _preview(file: CaseFile, facts: dict[str, Any]) -> dict[str, Any]:
    """What the author and readers would see, from rows that are stored nowhere."""
    means, post = facts["means"], file.post
    terms = {"clause": facts["clause"], "note": facts["note"]}
    decision = Decision(
        case=file.case, decider=file.person, outcome=facts["outcome"], until=means.until, **terms
    )
    lock = None
    if facts["outcome"] == Outcome.LOCK:
        holds = {name: getattr(means, name) for name in ("scope", "reach", "until", "condition")}
        lock = Lock(post=post, placed_by=file.person, **holds, **terms)
    with translation.override(post.author.language):
        told = _told(decision)
    return {
        "decision": decision,
        "lock": lock,
        "means": means,
        "told": told,
        "language": post.author.language,
    }


def _told(decision: Decision) -> dict[str, str]:
    """The words of the author's notice that depend on their language."""
    meaning = meaning_of(decision)
    return {
        "title": str(meaning.title),
        "text": str(meaning.text),
        "clause": decision.clause.title,
        "quote": decision.clause.quote,
    }


@surface("cases in spaces the reader moderates")
@require_POST
@for_moderators
def claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a case, or give it back: the wanted state is in `claimed`."""
    file = _file(request, public_id)
    if file.post.author_id == request.user.pk:
        return _party(request)
    wanted = request.POST.get("claimed") == "1"
    return done(request, lambda: actions.claim(actor=request.user, case=file.case, claimed=wanted), file.case)


@surface("cases in spaces the reader moderates")
@require_POST
@for_moderators
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one does around a case: `do` is note, hand_over or party."""
    file = _file(request, public_id)
    if file.post.author_id == request.user.pk:
        return _party(request)
    case, me = file.case, request.user
    match request.POST.get("do"):
        case "party":
            words = _("Noted. Another moderator decides it.")
            return done(request, lambda: actions.recuse(actor=me, case=case), "moderation:queue", said=words)
        case "hand_over":
            form = HandOverForm(colleagues(case, me), request.POST)
            if form.is_valid():
                given = form.cleaned_data
                words = _("Handed over to %(name)s.") % {"name": given["to"].display_name}
                return done(
                    request, lambda: actions.hand_over(actor=me, case=case, **given), case, said=words
                )
        case "note":
            text = request.POST.get("text", "")[:2_000]
            return done(request, lambda: actions.note(actor=me, case=case, text=text), case, said=_("Noted."))
    raise Http404


@surface("decisions in spaces the reader moderates")
@require_POST
@for_moderators
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    decision = get_object_or_404(Decision.objects.with_all(), pk=pk)
    post = visible_post(request, decision.case.post.public_id)
    if refusal := must_moderate(request, post):
        return refusal
    words = _("Taken back. The case waits again.")
    return done(
        request, lambda: actions.undo(actor=request.user, decision=decision), decision.case, said=words
    )
