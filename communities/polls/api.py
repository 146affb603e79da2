"""Polls for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from communities.finding import find_thread
from communities.polls import actions
from communities.polls.models import Poll
from communities.polls.reading import poll_of
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting.api import READING, WRITING
from intranet.runtime.surfaces import surface
from intranet.settings.product import POLL_OPTIONS

router = Router(tags=["polls"])

Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class OptionShape(Schema):
    """One option. `votes` and `voters` are null while the result is not told to me, `voters` also in a secret poll."""

    number: int
    text: str
    mine: bool
    votes: int | None
    voters: list[str] | None


class PollShape(Schema):
    """A poll as I may see it: the result after I voted, or once it is closed."""

    question: str
    many: bool
    secret: bool
    open: bool
    closes: datetime | None
    people: int
    voted: bool
    options: list[OptionShape]


class NewPoll(Schema):
    """What a poll asks and what can be chosen."""

    question: Line
    options: list[Line] = Field(min_length=2, max_length=POLL_OPTIONS)
    many: bool = False
    secret: bool = False
    closes: datetime | None = None


class BallotWanted(Schema):
    """Numbers of the options I choose; none takes my vote back."""

    options: list[int] = Field(max_length=POLL_OPTIONS)


class Closed(Schema):
    closed: bool


def _poll(thread: Post) -> Poll:
    poll = Poll.objects.filter(post=thread).first()
    if poll is None:
        raise Http404
    poll.post = thread
    return poll


def _shape(thread: Post, reader: User) -> dict[str, Any]:
    view = poll_of(thread, reader)
    if view is None:
        raise Http404
    poll = view.poll
    named = view.shown and not poll.secret
    return {
        **{name: getattr(poll, name) for name in ("question", "many", "secret", "closes")},
        "open": poll.is_open,
        "people": view.people,
        "voted": view.voted,
        "options": [
            {
                "number": row.option.place,
                "text": row.option.text,
                "mine": row.mine,
                "votes": row.count if view.shown else None,
                "voters": [person.username for person in row.voters] if named else None,
            }
            for row in view.options
        ],
    }


@router.get(
    "/threads/{slug:public_id}/poll", response={200: PollShape, **READING}, summary="The poll of a thread"
)
@surface("a thread the reader may see; the result after their vote or the close")
def read(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """The poll on a thread; 404 where there is none."""
    return _shape(find_thread(request.user, public_id), request.user)


@router.put(
    "/threads/{slug:public_id}/poll", response={201: PollShape, **WRITING}, summary="Put a poll on a thread"
)
@surface("a thread the reader may see, through the gate")
def put(request: HttpRequest, public_id: str, said: NewPoll) -> Status:
    """Put a poll on a thread of mine, or replace it while nobody has voted."""
    thread = find_thread(request.user, public_id)
    actions.put(actor=request.user, thread=thread, **said.dict())
    return Status(201, _shape(thread, request.user))


@router.put(
    "/threads/{slug:public_id}/poll/ballot", response={200: PollShape, **WRITING}, summary="Vote in a poll"
)
@surface("a thread the reader may see, through the gate")
def vote(request: HttpRequest, public_id: str, wanted: BallotWanted) -> dict[str, Any]:
    """Make these options what I chose."""
    thread = find_thread(request.user, public_id)
    poll = _poll(thread)
    ids = dict(poll.options.values_list("place", "pk"))
    actions.vote(person=request.user, poll=poll, options=[ids.get(number, 0) for number in wanted.options])
    return _shape(thread, request.user)


@router.put(
    "/threads/{slug:public_id}/poll/closed", response={200: PollShape, **WRITING}, summary="Close a poll"
)
@surface("a thread the reader may see, through the gate")
def close(request: HttpRequest, public_id: str, wanted: Closed) -> dict[str, Any]:
    """Make a poll of mine closed, or open."""
    thread = find_thread(request.user, public_id)
    actions.close(actor=request.user, poll=_poll(thread), closed=wanted.closed)
    return _shape(thread, request.user)
