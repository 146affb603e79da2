"""The reader of the log that keeps the index in line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intranet.activity import readers
from intranet.activity.models import Event
from intranet.activity.verbs import verb_named
from intranet.content.models import Post
from intranet.posting.verbs import EDITED, HELPED, MENTIONED, THANKED, VOTED
from intranet.search import indexing
from intranet.search.models import SearchEntry

CHANGE_NOTHING: Final = frozenset(verb.name for verb in (VOTED, THANKED, HELPED, MENTIONED))
"""Deeds that leave the words, the state and the acceptance of a post as they were."""


class SearchReader:
    """Derives entries. An event says which post to look at; what stands there now is what is indexed."""

    name = "search"

    def read(self, events: Sequence[Event]) -> None:
        """Look again at every post that `events` are about, at the replies of a thread that was retitled or reshaped, and at
        people and communities that changed meanwhile."""
        posts = [event.post for event in events if event.post and event.verb not in CHANGE_NOTHING]
        retitled = {event.post_id for event in events if event.verb == EDITED.name and not event.post.root_id}
        reshaped = {
            event.post.thread_id for event in events if event.post and verb_named(event.verb).reshapes
        }
        changed = retitled | reshaped
        replies = Post.objects.filter(root__in=changed).values_list("pk", flat=True) if changed else ()
        indexing.index_posts({post.pk for post in posts}.union(changed, replies))
        indexing.settle({post.thread_id for post in posts})
        indexing.index_people()
        indexing.index_spaces()

    def forget(self) -> None:
        """Delete all entries."""
        SearchEntry.objects.all().delete()


readers.register(SearchReader())
