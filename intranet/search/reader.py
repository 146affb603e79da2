"""The reader of the log that keeps the index in line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intranet.activity import readers
from intranet.activity.models import Event
from intranet.posting.verbs import HELPED, MENTIONED, THANKED, VOTED
from intranet.search import indexing
from intranet.search.models import SearchEntry

CHANGE_NOTHING: Final = frozenset(verb.name for verb in (VOTED, THANKED, HELPED, MENTIONED))
"""Deeds that leave the words, the state and the acceptance of a post as they were."""


class SearchReader:
    """Derives entries. An event says which post to look at; what stands there now is what is indexed."""

    name = "search"

    def read(self, events: Sequence[Event]) -> None:
        """Look again at every post that `events` are about, and at people and communities that changed meanwhile."""
        posts = [event.post for event in events if event.post and event.verb not in CHANGE_NOTHING]
        indexing.index_posts({post.pk for post in posts})
        indexing.settle({post.thread_id for post in posts})
        indexing.index_people()
        indexing.index_spaces()

    def forget(self) -> None:
        """Delete all entries."""
        SearchEntry.objects.all().delete()


readers.register(SearchReader())
