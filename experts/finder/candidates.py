"""What the finder tells routing: who knows about a question that is being asked."""

from __future__ import annotations

from collections.abc import Iterator

from experts.finder.find import find
from intranet.routing.candidates import Asked, Candidate, register


@register
def experts(asked: Asked) -> Iterator[Candidate]:
    """Everybody whose evidence speaks about the question and who can be asked at all."""
    for expert in find(asked.reader, asked.title, asked.topics, now=asked.at):
        if expert.person.is_active:
            yield expert.candidate
