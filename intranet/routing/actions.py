"""Sending a new question to the people who are likely to know, or whom its asker named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intranet.activity.log import record
from intranet.content.models import Post
from intranet.people.models import User
from intranet.routing.verbs import ASKED_OF


def route(question: Post, people: Iterable[User], *, at: datetime) -> list[User]:
    """Ask `people`, those of whom the ask page said so. Called in the transaction that writes `question`."""
    asked = list(people)
    for person in asked:
        record(ASKED_OF, question.author, about=person, post=question, at=at)
    return asked
