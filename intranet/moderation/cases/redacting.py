"""Taking words out of a post and out of what it said before. The original is kept for the case alone."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.composing import compose
from intranet.content.kinds import DOCUMENT_KINDS
from intranet.content.models import Post, Revision
from intranet.moderation.models import Decision, Redaction

BLOT = "█████"
"""What stands where words were. Always as long, so that it does not tell how long they were."""


def _without(text: str, words: list[str]) -> str:
    for each in words:
        text = text.replace(each, BLOT)
    return text


def _lines(words: str) -> list[str]:
    """The passages, one a line, the longest first so that none spoils another."""
    return sorted({line.strip() for line in words.splitlines() if line.strip()}, key=len, reverse=True)


def redact(post: Post, decision: Decision, *, words: str) -> Redaction:
    """Take each line of `words` out of `post` and its earlier versions. Raises `Refused` when none stands there."""
    if post.kind in DOCUMENT_KINDS:
        raise Refused(refuse("document", _("This is a document: ask its author to change it, or hide it.")))
    passages = _lines(words)
    if not passages:
        raise Refused(refuse("bad_passage", _("Write the words to take out, as they stand in the post.")))
    earlier = {
        revision.number: {"title": revision.title, "source": revision.source}
        for revision in post.revisions.all()
        if _without(revision.title + revision.source, passages) != revision.title + revision.source
    }
    current = {"title": post.title, "source": post.source}
    changed = {name: _without(text, passages) for name, text in current.items()}
    if changed == current and not earlier:
        raise Refused(refuse("bad_passage", _("These words do not stand in the post. Copy them from it.")))
    _write(post, **changed)
    for number, said in earlier.items():
        blotted = {name: _without(text, passages) for name, text in said.items()}
        Revision.objects.filter(post=post, number=number).update(**blotted)
    original = {
        "current": current,
        "redacted": changed,
        "earlier": {str(n): said for n, said in earlier.items()},
    }
    return Redaction.objects.create(post=post, decision=decision, original=original)


def _write(post: Post, *, title: str, source: str) -> None:
    composed = compose(kind=post.kind, title=title, source=source, author=post.author, space=post.space)
    for column, value in composed.columns.items():
        setattr(post, column, value)
    post.save(update_fields=list(composed.columns))


def put_back(redaction: Redaction) -> None:
    """Let the post say again what it said. Raises `Refused` when it was edited since."""
    kept: dict[str, Any] = redaction.original
    post = Post.objects.select_related("author", "space").get(pk=redaction.post_id)
    if {"title": post.title, "source": post.source} != kept["redacted"]:
        raise Refused(refuse("edited", _("The post was edited since, so the words cannot be put back.")))
    _write(post, **kept["current"])
    for number, said in kept["earlier"].items():
        Revision.objects.filter(post=post, number=int(number)).update(**said)
    redaction.undone_at = timezone.now()
    redaction.save(update_fields=["undone_at"])
