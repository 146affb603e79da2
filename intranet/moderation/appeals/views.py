"""The author's side (notices, appeals) and the side of who decides an appeal; and the report on fairness."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intranet.access import visibility
from intranet.access.verdict import Refused
from intranet.content.models import Post
from intranet.moderation.answering import forbidden, seen, send
from intranet.moderation.appeals import fairness as rating
from intranet.moderation.appeals.actions import Against, appeal, decide_appeal, may_appeal, may_decide
from intranet.moderation.appeals.forms import AppealDecisionForm, AppealForm
from intranet.moderation.appeals.notices import Notice, notices_for
from intranet.moderation.desk import for_moderators, tabs
from intranet.moderation.models import Appeal, Decision, Lock
from intranet.runtime.surfaces import surface


@surface("decisions about the reader's own posts")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What was decided about my posts."""
    return render(request, "moderation/mine.html", {"notices": notices_for(request.user)})


def _decision(request: HttpRequest, pk: int) -> Decision:
    """A decision about a post of the reader, or 404."""
    return get_object_or_404(Decision.objects.about(request.user).with_all(), pk=pk)


@surface("decisions about the reader's own posts")
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision about a post of mine: what it means, under which clause, what I can do now."""
    decision = _decision(request, pk)
    told = Notice(decision, Appeal.objects.filter(decision=decision).first())
    context = {"notice": told, "decision": decision, "may_appeal": may_appeal(request.user, decision)}
    return render(request, "moderation/decision_notice.html", context)


def _appeal_page(request: HttpRequest, against: Against, action: str) -> HttpResponse:
    if not (verdict := may_appeal(request.user, against)):
        return forbidden(request, seen(Refused(verdict)))
    form = AppealForm(request.POST or None)
    words = _("Sent. Another moderator looks at it within three days.")
    sent = send(request, form, partial(appeal, appellant=request.user, against=against), said=words)
    context = {"against": against, "form": form, "action": action}
    return sent.answer or sent.page(request, "moderation/appeal_form.html", context)


@surface("decisions about the reader's own posts")
@require_http_methods(["GET", "POST"])
def appeal_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a decision about a post of mine."""
    return _appeal_page(request, _decision(request, pk), request.path)


@surface("locks on the reader's own posts or right to write")
@require_http_methods(["GET", "POST"])
def appeal_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a lock on a post of mine, or on my right to write."""
    lock = get_object_or_404(Lock.objects.with_clause(), pk=pk)
    if lock.concerns is None or lock.concerns.pk != request.user.pk:
        raise Http404
    decision = Decision.objects.filter(effect__lock=lock.pk).first() or getattr(
        getattr(lock, "penalty", None), "decision", None
    )
    if decision:
        return redirect("moderation:appeal_decision", decision.pk)
    return _appeal_page(request, lock, request.path)


@surface("appeals in spaces the reader moderates about decisions of others")
@require_GET
@for_moderators
def appeals(request: HttpRequest) -> HttpResponse:
    """The appeals that I can decide, those due first."""
    rows = Appeal.objects.open().for_moderator(request.user).with_all()[:100]
    context = {"appeals": list(rows), "tabs": tabs(request, "appeals")}
    return render(request, "moderation/appeals.html", context)


@surface("the appellant, and who may decide the appeal")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One appeal: its author follows it, another moderator than the first decides it."""
    found = get_object_or_404(Appeal.objects.with_all(), public_id=public_id)
    deciding = may_decide(request.user, found)
    if found.appellant_id != request.user.pk and not deciding:
        raise Http404
    if found.post and deciding and not visibility.sees_post(request.user, found.post):
        raise Http404
    form = AppealDecisionForm(request.POST or None)

    def decide(result: str, note: str) -> None:
        decide_appeal(actor=request.user, appeal=found, overturned=result == "overturned", note=note)

    sent = send(request, form, decide, "moderation:appeals", said=_("Decided. The author is told."))
    context = {
        "appeal": found,
        "deciding": deciding and found.state == "open",
        "form": form,
        "post": _post(found),
    }
    return sent.answer or sent.page(request, "moderation/appeal.html", context)


def _post(found: Appeal) -> Post | None:
    """The post with what its quotation shows."""
    if found.post is None:
        return None
    rows = Post.objects.select_related("space", "author__unit", "root", "parent__author")
    return rows.get(pk=found.post.pk)


@surface("a moderator's own decisions; everybody's for administrators")
@require_GET
@for_moderators
def fairness(request: HttpRequest) -> HttpResponse:
    """How often decisions fell on appeal, and like cases that ended unlike."""
    now = timezone.now()
    by_moderator, by_clause = rating.rates(request.user, now)
    context = {
        "leads": rating.leads(request.user),
        "by_moderator": by_moderator,
        "by_clause": by_clause,
        "by_rule": rating.by_rule(request.user, now),
        "like": rating.like_cases(request.user, now),
        "tabs": tabs(request, "fairness"),
    }
    return render(request, "moderation/fairness.html", context)
