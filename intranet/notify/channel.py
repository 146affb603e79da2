"""The channel between processes: PostgreSQL's NOTIFY, carrying ids only.

A message sent inside a transaction is delivered when, and only if, it commits. Four kinds travel:

`{"kind": "told", "people": [ids]}`                      there is something new in these inboxes
`{"kind": "post", "thread": id, "post": id, "space": n}`  a thread has one more post (public ids)
`{"kind": "moved", "thread": id}`                         a thread changed its place; sent by a trigger
`{"kind": "evict", "person": n or null, "space": n or null}`  rights were taken away; sent by triggers, so that it
                                                         happens whichever way the row was changed
"""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import batched

from django.db import connection

from intranet.content.models import Post

CHANNEL = "kesher_live"
PEOPLE_A_MESSAGE = 500


def _send(message: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])


def tell(people: Collection[int]) -> None:
    """Nudge the open pages of `people` to look at their inbox."""
    for some in batched(sorted(people), PEOPLE_A_MESSAGE):
        _send({"kind": "told", "people": list(some)})


def announce_post(post: Post) -> None:
    """Tell the open pages of the thread that it has one more post."""
    _send({"kind": "post", "thread": post.thread.public_id, "post": post.public_id, "space": post.space_id})
