"""Which comments a page shows at once. The others are folded: a link says how many they are, and opens them.

A page has room for so many posts, and comments take it where answers leave it: a question with few answers shows five
below each, one with twenty answers shows links. What one asks for by name is never folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import ngettext

from communities.threads.cards import Card
from communities.threads.rows import PAGE
from intranet.content.kinds import PostKind
from intranet.content.models import Post

WEIGHT: Final = 2
"""Comments that weigh as much as one post, in bytes and elements, with room for the links of the folds."""


def shown_comments(rows: Sequence[Post], expanded: int) -> list[Post]:
    """The comments of `rows` for which there is room, the first below each post before the second below any.

    All below the post with the number `expanded` are shown. `rows` are of `rows_of`; in the order in which they were written.
    """
    comments = [row for row in rows if row.kind == PostKind.COMMENT]
    room = WEIGHT * max(0, PAGE - 1 - (len(rows) - len(comments)))
    wanted = [row for row in comments if row.parent.number == expanded]
    others = sorted(
        (row for row in comments if row.parent.number != expanded), key=lambda row: (row.place, row.number)
    )
    return sorted([*wanted, *others[:room]], key=lambda row: row.number)


def spans(numbers: Iterable[int]) -> str:
    """Numbers in few words: `3-7 9`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return " ".join("-".join(map(str, run)) for run in runs)


def fold(host: Card, numbers: Iterable[int]) -> None:
    """Note what of the comments with `numbers`, which are all below `host`, is not shown there."""
    host.folded = sorted(set(numbers) - {below.post.number for below in host.comments})
    if not host.folded:
        return
    n = len(host.folded)
    host.more = (
        ngettext("%(n)s more comment", "%(n)s more comments", n)
        if host.comments
        else ngettext("%(n)s comment", "%(n)s comments", n)
    ) % {"n": n}
