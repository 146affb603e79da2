"""Polls, a thread that was moved and one that is offered, in the demo organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from communities.moving import actions as moving
from communities.offering.actions import offer
from communities.polls import actions as polls
from intranet.content.models import Space
from intranet.demo.writing import Written
from intranet.people.models import User


@dataclass(frozen=True)
class Vote:
    """A poll on a thread: options, and by username the places of what people chose."""

    thread: str
    by: str
    question: str
    options: tuple[str, ...]
    chosen: Mapping[str, Sequence[int]]
    many: bool = False
    secret: bool = False
    closed: bool = False


POLLS = (
    Vote(
        thread="loaner-units",
        by="wiktoria",
        question="Where should the first loan units stand?",
        options=("Haifa, with service", "Galil, beside line 3", "Kraków", "In the vans of the technicians"),
        chosen={
            "hiba": (1, 4),
            "jan": (3,),
            "grzegorz": (3, 4),
            "tomer": (1,),
            "marta": (3, 4),
            "roni": (1,),
        },
        many=True,
    ),
    Vote(
        thread="night-light",
        by="khaled",
        question="איזה אור עזר לכם יותר בלילה?",
        options=("חם ועמום", "קר וחזק", "חם עד חצות, קר אחר כך"),
        chosen={"linoy": (3,), "eliran": (3,), "ziad": (1,), "khaled": (3,), "rana": (2,)},
        secret=True,
        closed=True,
    ),
)


def arrange(
    people: Mapping[str, User], spaces: Mapping[str, Space], written: Written, *, now: datetime
) -> None:
    """Put polls on threads, move one to where more people know, and offer one to the people who run Actuators."""
    for poll in POLLS:
        if poll.thread in written.threads:
            _ask(poll, people, written, now)
    if "gloves-touch" in written.threads:
        thread = written.post("gloves-touch", 0)
        moving.move(actor=people["tomer"], thread=thread, target=spaces["field-service"])
    if "watchdog-why" in written.threads:
        note = "It is about the board in the actuator, so the answer is with you."
        thread = written.post("watchdog-why", 0)
        offer(actor=people["ehud"], thread=thread, target=spaces["actuators"], note=note)


def _ask(poll: Vote, people: Mapping[str, User], written: Written, now: datetime) -> None:
    thread = written.post(poll.thread, 0)
    made = polls.put(
        actor=people[poll.by],
        thread=thread,
        question=poll.question,
        options=poll.options,
        many=poll.many,
        secret=poll.secret,
        at=thread.created,
    )
    ids = dict(made.options.values_list("place", "pk"))
    for later, (username, places) in enumerate(poll.chosen.items(), start=1):
        at = min(thread.created + later * timedelta(hours=3), now)
        polls.vote(person=people[username], poll=made, options=[ids[place] for place in places], at=at)
    if poll.closed:
        polls.close(actor=people[poll.by], poll=made)
