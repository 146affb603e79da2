"""What one press does in a thread, and taking a post out of sight."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.questions import actions as questions
from communities.standing.praise import praise
from communities.threads import actions
from communities.threads.asked import find_post
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content.kinds import ReactionKind
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.runtime.surfaces import surface
from intranet.ui.asked import by_script


@surface("a post the reader may see, through the gate")
@require_POST
def deed(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one press does in a thread: `vote=POST:1|0|-1`, `thank=POST:1|0`, `accept`, `good` or
    `helped=ANSWER:1|0|-1` (did this help?), each the state that is wanted.

    A script gets the new score of a vote, a form goes back to the post.
    """
    name = next((name for name in _DEEDS if name in request.POST), "")
    target, _colon, value = request.POST.get(name, "").partition(":")
    post = find_post(request.user, target)
    if post.thread.public_id != public_id or value not in ("1", "0", "-1"):
        raise Http404
    try:
        told = _DEEDS[name](request.user, post, int(value))
    except Refused as refusal:
        return _refuse(request, refusal)
    return JsonResponse(told) if by_script(request) else redirect(post.get_absolute_url())


def _vote(person: User, post: Post, value: int) -> dict[str, int]:
    return {"score": posting.react(person=person, post=post, value=value).total_score, "mine": value}


def _accept(person: User, post: Post, value: int) -> dict[str, str | None]:
    chosen = post if value == 1 else None
    questions.accept(actor=person, question=post.thread, answer=chosen)
    return {"accepted": chosen.public_id if chosen else None}


def _thank(person: User, post: Post, value: int) -> dict[str, bool]:
    posting.react(person=person, post=post, value=value, kind=ReactionKind.THANKS)
    return {"thanked": value == 1}


def _good(person: User, post: Post, value: int) -> dict[str, bool]:
    praise(actor=person, answer=post, good=value == 1)
    return {"good": value == 1}


def _helped(person: User, post: Post, value: int) -> dict[str, int]:
    posting.react(person=person, post=post, value=value, kind=ReactionKind.HELPED)
    return {"helped": value}


_DEEDS = {"vote": _vote, "thank": _thank, "accept": _accept, "good": _good, "helped": _helped}


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a post out of sight, after saying what that means."""
    post = find_post(request.user, public_id)
    if request.method == "GET":
        return render(request, "communities/withdraw.html", {"post": post, "space": post.space})
    try:
        actions.withdraw(actor=request.user, post=post)
    except Refused as refusal:
        return _refuse(request, refusal)
    messages.success(request, _("Removed. Its place in the thread stays."))
    if post.root is None:
        return redirect(post.space.get_absolute_url())
    return redirect("communities:thread", post.root.public_id)


def _refuse(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal of a deed without a text: a sentence on a page, or for a script."""
    if refusal.verdict.code == NOT_FOUND:
        raise Http404
    status = status_of(refusal.verdict)
    if by_script(request):
        error = {"code": refusal.verdict.code, "message": str(refusal.verdict.message)}
        return JsonResponse({"error": error}, status=status)
    return render(request, "403.html", {"verdict": refusal.verdict}, status=status)
