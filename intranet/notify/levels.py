"""What each level means, in one sentence for each kind of thing that can be followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.notify.models import Level

MEANINGS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "thread": {
        Level.WATCHING: _("You are told of every post here, comments too."),
        Level.FOLLOWING: _("You are told of new answers and replies."),
        Level.NORMAL: _("You are told once you wrote here, or when it is about you."),
        Level.MUTED: _("You are told of nothing that is said here, not even when you are mentioned."),
    },
    "community": {
        Level.WATCHING: _("You are told of every new question and thread here."),
        Level.FOLLOWING: _("Its threads are on your home page, and you are told of announcements."),
        Level.NORMAL: _("Its threads are on your home page while you are a member."),
        Level.MUTED: _("You are told of nothing that is said here, and it stays off your home page."),
    },
    "topic": {
        Level.WATCHING: _("You are told of every new thread with this topic."),
        Level.FOLLOWING: _("Threads with this topic are on your home page."),
        Level.NORMAL: _("You hear of this topic where you hear of the thread anyway."),
        Level.MUTED: _("New threads with this topic are not told to you and stay off your home page."),
    },
    "person": {
        Level.WATCHING: _("You are told of everything they write where you can read it."),
        Level.FOLLOWING: _("You are told of the threads and posts they start where you can read them."),
        Level.NORMAL: _("You hear of them where you meet."),
        Level.MUTED: _("You are told of nothing they say, not even when they mention you."),
    },
}
"""By kind and level."""

HEADINGS: Final[Mapping[str, str | Promise]] = {
    "thread": _("What you hear of this thread"),
    "community": _("What you hear of this place"),
    "topic": _("What you hear of this topic"),
    "person": _("What you hear of this person"),
}


@dataclass(frozen=True)
class Choice:
    """One level as it is offered."""

    level: str
    label: str | Promise
    meaning: str | Promise
    chosen: bool


def choices(kind: str, level: str) -> list[Choice]:
    """The four levels of a thread, community, topic or person, with `level` chosen."""
    return [
        Choice(each, Level(each).label, meaning, each == level) for each, meaning in MEANINGS[kind].items()
    ]
