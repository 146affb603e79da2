"""Where a new post goes in a thread, told by what the thread is once its row is locked.

Whoever writes has read the page some minutes ago. Meanwhile the thread may have been converted, or merged into
another one; the text must arrive all the same, and as what that thread takes.
"""

from __future__ import annotations

from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post


def fitting(kind: str, root: Post, parent: Post) -> tuple[str, Post]:
    """The kind and the parent that a new post gets in the thread of `root`, meant as `kind` below `parent`.

    In a question an answer hangs on the question and a comment on the question or an answer; a talk takes replies,
    a document comments.
    """
    if root.kind in DOCUMENT_KINDS:
        return PostKind.COMMENT, parent
    if root.kind != PostKind.QUESTION:
        return PostKind.REPLY, parent
    if kind == PostKind.ANSWER or (kind == PostKind.REPLY and parent.pk == root.pk):
        return PostKind.ANSWER, root
    above = parent.parent if parent.kind == PostKind.COMMENT else None
    return PostKind.COMMENT, above or parent
