"""The reader of the log that derives evidence. Verbs say what they show; nobody's app is imported to know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.db.models import F, Q

from experts.evidence.kinds import EvidenceKind
from experts.evidence.models import Evidence
from intranet.activity import readers
from intranet.activity.models import Event
from intranet.activity.verbs import verb_named
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Tag
from intranet.posting.verbs import EDITED
from intranet.text.tokens import tokens

KNOWLEDGE_KINDS: Final = frozenset({PostKind.ANSWER, PostKind.ARTICLE, PostKind.BLOG_POST})
"""Posts whose readers' applause says something about knowledge; a liked question does not."""

WORDS_FROM_TEXT: Final = 2_000
"""Characters of a post that the finder matches, beside its title: what comes later is rarely its topic."""


class EvidenceReader:
    """Keeps `Evidence` equal to what the log tells."""

    name = "evidence"

    def read(self, events: Sequence[Event]) -> None:
        for event in events:
            shows = verb_named(event.verb).evidence
            if shows in _HANDLERS:
                _HANDLERS[shows](event)
            elif event.verb == EDITED.name:
                _edited(event.post)

    def forget(self) -> None:
        Evidence.objects.all().delete()


def _accepted(event: Event) -> None:
    """An answer was accepted; to accept one's own says nothing."""
    if event.about_id and event.about_id != event.actor_id:
        _line(event, EvidenceKind.ACCEPTED, at=event.at)


def _unaccepted(event: Event) -> None:
    Evidence.objects.filter(kind=EvidenceKind.ACCEPTED, post=event.post).delete()


def _voted(event: Event) -> None:
    """A vote was given, turned or taken back: only votes for a post are evidence, never those against it."""
    more = max(event.data["value"], 0) - max(event.data["before"], 0)
    _add(event, EvidenceKind.VOTED, more)


def _helped(event: Event) -> None:
    _add(event, EvidenceKind.HELPED, event.data["value"] - event.data["before"])


def _imported(event: Event) -> None:
    """An answer came with a score from another site, where its voters stayed."""
    if event.post.kind == PostKind.ANSWER and event.post.imported_score > 0:
        _line(event, EvidenceKind.VOTED, at=event.post.created, amount=event.post.imported_score)


def _published(event: Event) -> None:
    _line(event, EvidenceKind.ARTICLE, at=event.at, person=event.post.author_id)


def _endorsed(event: Event) -> None:
    tag = Tag.objects.get(pk=event.data["tag"])
    facts = {"event": event, "at": event.at, "note": event.data["note"]}
    words = sorted({*tokens(tag.name), *tokens(tag.name_he), *tokens(event.data["note"])})
    Evidence.objects.update_or_create(
        person_id=event.about_id,
        kind=EvidenceKind.ENDORSED,
        post=None,
        tag=tag,
        by_id=event.actor_id,
        defaults=facts | {"words": words},
    )


def _unendorsed(event: Event) -> None:
    Evidence.objects.filter(
        person_id=event.about_id, kind=EvidenceKind.ENDORSED, tag=event.data["tag"], by=event.actor_id
    ).delete()


def _judged(event: Event) -> None:
    """The person said how one line about them stands; see `actions.judge`."""
    line, state = event.data["line"], event.data["state"]
    Evidence.objects.filter(
        person=event.actor_id, kind=line["kind"], post=event.post_id, tag=line["tag"], by=line["by"]
    ).update(
        hidden_at=event.at if state == "hidden" else None,
        contested_at=event.at if state == "contested" else None,
        contest_note=event.data["note"] if state == "contested" else "",
    )


_HANDLERS: dict[str, Callable[[Event], None]] = {
    "accepted": _accepted,
    "unaccepted": _unaccepted,
    "vote": _voted,
    "helped": _helped,
    "imported": _imported,
    "article": _published,
    "endorsed": _endorsed,
    "unendorsed": _unendorsed,
    "judged": _judged,
}


def _add(event: Event, kind: EvidenceKind, more: int) -> None:
    """Count `more` readers who said it; the line's date is that of the latest."""
    if event.post.kind not in KNOWLEDGE_KINDS or not more:
        return
    line = Evidence.objects.filter(person=event.post.author_id, kind=kind, post=event.post)
    if more < 0:
        line.update(amount=F("amount") + more)
    elif not line.update(amount=F("amount") + more, at=event.at, event=event):
        _line(event, kind, at=event.at, amount=more, person=event.post.author_id)


def _line(
    event: Event, kind: EvidenceKind, *, at: object, amount: int = 1, person: int | None = None
) -> None:
    """The line about the post of `event`, made or brought up to date."""
    Evidence.objects.update_or_create(
        person_id=person or event.about_id,
        kind=kind,
        post=event.post,
        tag=None,
        by=None,
        defaults={"event": event, "at": at, "amount": amount, "words": _words(event.post)},
    )


def _edited(post: Post) -> None:
    """Match the lines about a post, and about what stands below it, by what it says now."""
    for line in Evidence.objects.filter(Q(post=post) | Q(post__root=post)).select_related("post__root"):
        line.words = _words(line.post)
        line.save(update_fields=["words"])


def _words(post: Post) -> list[str]:
    return sorted({*tokens(post.thread.title), *tokens(post.text[:WORDS_FROM_TEXT])})


readers.register(EvidenceReader())
