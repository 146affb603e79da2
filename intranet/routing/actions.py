"""Sending a new question to the people who are likely to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from intranet.activity.log import record
from intranet.content.models import Post
from intranet.routing.candidates import Asked, Candidate, who
from intranet.routing.verbs import ASKED_OF


def route(question: Post, *, topics: Sequence[str], at: datetime) -> list[Candidate]:
    """Ask those who the ask page said would be asked. Called in the transaction that writes `question`."""
    asked = Asked(
        reader=question.author, title=question.title, topics=tuple(topics), space=question.space, at=at
    )
    chosen = who(asked)
    for candidate in chosen:
        record(ASKED_OF, question.author, about=candidate.person, post=question, at=at)
    return chosen
