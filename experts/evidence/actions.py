"""Deeds about evidence: endorse somebody, take it back, hide or contest a line about oneself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from experts.evidence.models import Evidence
from experts.verbs import ENDORSED, STOOD, UNENDORSED
from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.activity import readers
from intranet.activity.log import record
from intranet.content.models import Tag
from intranet.content.tagging import tags_named
from intranet.people.models import User
from intranet.text.lines import clean_line

NOTE_MAX = 200
STATES = ("shown", "hidden", "contested")


def endorse(*, actor: User, person: User, topic: str, note: str = "", at: datetime | None = None) -> Tag:
    """Say that `person` knows about `topic`; a second time changes only the note. Raises `Refused`."""
    _may_speak_about(actor, person)
    words = clean_line(note)
    if len(words) > NOTE_MAX:
        raise Refused(refuse("note_too_long", _("Say it in up to 200 characters.")))
    with transaction.atomic():
        tags = tags_named([topic])
        if not tags:
            raise Refused(refuse("no_topic", _("Name the topic.")))
        record(ENDORSED, actor, about=person, at=at, tag=tags[0].pk, note=words)
    return tags[0]


def take_back(*, actor: User, person: User, tag: Tag) -> None:
    """Have no endorsement of `person` for `tag` from `actor`."""
    with transaction.atomic():
        if Evidence.objects.filter(person=person, tag=tag, by=actor).exists():
            record(UNENDORSED, actor, about=person, tag=tag.pk)


def judge(*, actor: User, line: Evidence, state: str, note: str = "") -> None:
    """Make a line about oneself `shown`, `hidden` or `contested`. Raises `Refused` for anybody else's.

    It counts, or stops counting, before this returns: the reader of the log is asked to catch up at once.
    """
    if line.person_id != actor.pk:
        raise Refused(refuse("not_yours", _("Only the person it is about can do that.")))
    if state not in STATES:
        raise Refused(refuse("bad_state", _("A line is shown, hidden or contested.")))
    with transaction.atomic():
        record(
            STOOD,
            actor,
            about=actor,
            post=line.post,
            line={"kind": line.kind, "tag": line.tag_id, "by": line.by_id},
            state=state,
            note=clean_line(note)[:NOTE_MAX],
        )
        readers.catch_up(readers.reader_named("evidence"))


def _may_speak_about(actor: User, person: User) -> None:
    if actor.pk == person.pk:
        raise Refused(refuse("own", _("Others endorse you; you can say what to ask you about.")))
    if not visibility.sees_person(actor, person) or not person.is_active:
        raise Refused(refuse("not_found", _("There is nothing here.")))
    if actor.is_suspended or not actor.is_active:
        raise Refused(
            refuse(
                "suspended",
                _("Your right to write is paused. You can still read everything you could before."),
            )
        )
