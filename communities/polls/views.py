"""Polls inside a thread: putting one there, voting, closing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.polls import actions
from communities.polls.forms import PollForm
from communities.polls.models import Poll
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND
from intranet.runtime.surfaces import surface


def _thread(request: HttpRequest, public_id: str) -> Post:
    """A thread of a community that the reader sees, or 404."""
    threads = Post.objects.visible_to(request.user).threads().filter(kind__in=THREAD_KINDS)
    return get_object_or_404(threads.select_related("space", "author"), public_id=public_id)


def _poll(request: HttpRequest, public_id: str) -> Poll:
    return get_object_or_404(Poll.objects.select_related("post"), post=_thread(request, public_id))


def _verdict(deed: Callable[[], Any]) -> Verdict | None:
    """Why `deed` was refused, None when it was done."""
    try:
        deed()
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return refusal.verdict
    return None


@surface("a thread the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def poll(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a poll on a thread, or change it while nobody has voted."""
    thread = _thread(request, public_id)
    if thread.author_id != request.user.pk and not visibility.moderates_space(request.user, thread.space):
        sentence = _("Only who started the thread, or who runs the community, puts a poll on it.")
        return render(request, "403.html", {"verdict": refuse("not_author", sentence)}, status=403)
    there = Poll.objects.filter(post=thread).prefetch_related("options").first()
    form = PollForm(request.POST or None, initial=_said(there))
    context = {"post": thread, "space": thread.space, "form": form, "poll": there, "verdict": None}
    if request.method == "GET":
        return render(request, "communities/polls/edit.html", context)
    if request.POST.get("deed") == "remove":
        verdict = _verdict(lambda: actions.remove(actor=request.user, thread=thread))
    elif not form.is_valid():
        return render(request, "communities/polls/edit.html", context, status=422)
    else:
        verdict = _verdict(lambda: actions.put(actor=request.user, thread=thread, **form.cleaned_data))
    if verdict is not None:
        context["verdict"] = verdict
        return render(request, "communities/polls/edit.html", context, status=status_of(verdict))
    return redirect(thread.get_absolute_url())


def _said(there: Poll | None) -> dict[str, Any] | None:
    if there is None:
        return None
    options = "\n".join(option.text for option in there.options.all())
    return {name: getattr(there, name) for name in ("question", "many", "secret", "closes")} | {
        "options": options
    }


@surface("a poll the reader may see, through the gate")
@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the chosen options my vote; with `none` it is taken back."""
    found = _poll(request, public_id)
    chosen = [] if "none" in request.POST else request.POST.getlist("option")
    if not chosen and "none" not in request.POST:
        messages.error(request, _("Choose an option first."))
        return redirect(f"{found.post.get_absolute_url()}#poll")
    ids = [int(each) for each in chosen if each.isdecimal() and len(each) < 16]
    verdict = _verdict(lambda: actions.vote(person=request.user, poll=found, options=ids))
    return _back(
        request, found, verdict, _("Your vote is taken back.") if not ids else _("Your vote counts.")
    )


@surface("a poll the reader may see, through the gate")
@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the poll, or open it again: the wanted state is in `closed`."""
    found = _poll(request, public_id)
    closed = request.POST.get("closed") != "0"
    verdict = _verdict(lambda: actions.close(actor=request.user, poll=found, closed=closed))
    return _back(
        request, found, verdict, _("The poll is closed.") if closed else _("The poll is open again.")
    )


def _back(request: HttpRequest, found: Poll, verdict: Verdict | None, words: str) -> HttpResponse:
    if verdict is not None:
        return render(request, "403.html", {"verdict": verdict}, status=status_of(verdict))
    messages.success(request, words)
    return redirect(f"{found.post.get_absolute_url()}#poll")
