"""The queues of one community, and mine across all of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from communities.charters.frame import find, frame_of, tabs_of
from communities.promises.duty import on_duty
from communities.queues.kinds import FIRST, QUEUES
from communities.queues.reading import counts, questions_for
from communities.threads.listing import list_threads
from intranet.content.models import Space
from intranet.runtime.surfaces import surface


@surface("questions of a community the reader sees into")
def of_community(request: HttpRequest, slug: str) -> HttpResponse:
    """The queues of one community."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    context |= {"tabs": tabs_of(context, "queues"), "holder": on_duty(space)}
    address = reverse("communities:queues", args=[slug])
    return render(request, "communities/queues.html", context | _queue(request, address, space))


@surface("questions the reader may see, in communities they are a member of")
def mine(request: HttpRequest) -> HttpResponse:
    """The queues of all my communities together."""
    return render(
        request, "communities/my_queues.html", _queue(request, reverse("communities:my_queues"), None)
    )


def _queue(request: HttpRequest, address: str, space: Space | None) -> dict[str, Any]:
    now = timezone.now()
    queue = QUEUES.get(request.GET.get("queue", ""), QUEUES[FIRST])
    questions = questions_for(request.user, space)
    numbers = counts(questions, now)
    return {
        "queue": queue,
        "page": list_threads(
            questions.filter(queue.where(now)).select_related("space"),
            request.GET.get("cursor", ""),
            reader=request.user,
            oldest_first=queue.oldest_first,
        ),
        "chips": [
            {
                "label": each.label,
                "url": f"{address}?queue={name}",
                "current": each is queue,
                "count": numbers[name],
            }
            for name, each in QUEUES.items()
        ],
        "query": f"queue={queue.name}&",
        "across": space is None,
    }
