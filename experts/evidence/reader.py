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
        lines = Lines()
        for event in events:
            shows = verb_named(event.verb).evidence
            if shows in _ADDING:
                _ADDING[shows](event, lines)
            elif shows in _CHANGING or event.verb == EDITED.name:
                lines.write()
                _CHANGING.get(shows, _edited)(event)
        lines.write()

    def forget(self) -> None:
        Evidence.objects.all().delete()


class Lines:
    """Lines on their way to the table. An import tells thousands at once, so they are written together."""

    def __init__(self) -> None:
        self.waiting: dict[tuple[int, str, int | None, int | None, int | None], Evidence] = {}

    def add(self, line: Evidence) -> None:
        """Have `line` written; a later one with the same person, kind, post, topic and giver replaces it."""
        self.waiting[line.person_id, line.kind, line.post_id, line.tag_id, line.by_id] = line

    def write(self) -> None:
        """Write what waits. What is there already gets the new facts and keeps how its person judged it."""
        Evidence.objects.bulk_create(
            self.waiting.values(),
            update_conflicts=True,
            unique_fields=["person", "kind", "post", "tag", "by"],
            update_fields=["event", "at", "amount", "note", "words"],
        )
        self.waiting.clear()


def _accepted(event: Event, lines: Lines) -> None:
    """An answer was accepted; to accept one's own says nothing."""
    if event.about_id and event.about_id != event.actor_id:
        lines.add(_about_post(event, EvidenceKind.ACCEPTED))


def _imported(event: Event, lines: Lines) -> None:
    """An answer came with a score from another site, where its voters stayed."""
    if event.post.kind == PostKind.ANSWER and event.post.imported_score > 0:
        line = _about_post(event, EvidenceKind.VOTED)
        line.at, line.amount = event.post.created, event.post.imported_score
        lines.add(line)


def _published(event: Event, lines: Lines) -> None:
    lines.add(_about_post(event, EvidenceKind.DOCUMENT))


def _endorsed(event: Event, lines: Lines) -> None:
    tag, note = Tag.objects.get(pk=event.data["tag"]), event.data["note"]
    lines.add(
        Evidence(
            person_id=event.about_id,
            kind=EvidenceKind.ENDORSED,
            tag=tag,
            by_id=event.actor_id,
            event=event,
            at=event.at,
            note=note,
            words=sorted({*tokens(tag.name), *tokens(tag.name_he), *tokens(note)}),
        )
    )


def _unaccepted(event: Event) -> None:
    Evidence.objects.filter(kind=EvidenceKind.ACCEPTED, post=event.post).delete()


def _unendorsed(event: Event) -> None:
    Evidence.objects.filter(
        person_id=event.about_id, kind=EvidenceKind.ENDORSED, tag=event.data["tag"], by=event.actor_id
    ).delete()


def _voted(event: Event) -> None:
    """A vote was given, turned or taken back: only votes for a post are evidence, never those against it."""
    _count(event, EvidenceKind.VOTED, max(event.data["value"], 0) - max(event.data["before"], 0))


def _helped(event: Event) -> None:
    _count(event, EvidenceKind.HELPED, max(event.data["value"], 0) - max(event.data["before"], 0))


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


def _edited(event: Event) -> None:
    """Match the lines about a post, and about what stands below it, by what it says now."""
    lines = Evidence.objects.filter(Q(post=event.post) | Q(post__root=event.post)).select_related(
        "post__root"
    )
    for line in lines:
        line.words = _words(line.post)
        line.save(update_fields=["words"])


_ADDING: dict[str, Callable[[Event, Lines], None]] = {
    "accepted": _accepted,
    "imported": _imported,
    "document": _published,
    "endorsed": _endorsed,
}
"""By what a verb shows: how a line is made or made anew."""

_CHANGING: dict[str, Callable[[Event], None]] = {
    "unaccepted": _unaccepted,
    "unendorsed": _unendorsed,
    "vote": _voted,
    "helped": _helped,
    "judged": _judged,
}
"""By what a verb shows: how lines that are there change. An edit does too."""


def _count(event: Event, kind: EvidenceKind, more: int) -> None:
    """Count `more` readers who said it; the line's date is that of the latest."""
    if event.post.kind not in KNOWLEDGE_KINDS or not more:
        return
    line = Evidence.objects.filter(person=event.post.author_id, kind=kind, post=event.post)
    if more < 0:
        line.update(amount=F("amount") + more)
    elif not line.update(amount=F("amount") + more, at=event.at, event=event):
        _about_post(event, kind).save()


def _about_post(event: Event, kind: EvidenceKind) -> Evidence:
    """An unsaved line about the author of the event's post."""
    post = event.post
    return Evidence(
        person_id=post.author_id, kind=kind, post=post, event=event, at=event.at, amount=1, words=_words(post)
    )


def _words(post: Post) -> list[str]:
    return sorted({*tokens(post.thread.title), *tokens(post.text[:WORDS_FROM_TEXT])})


readers.register(EvidenceReader())
