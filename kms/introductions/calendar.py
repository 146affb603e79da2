"""An agreed meeting as a calendar file, written as RFC 5545 asks. Pure: it takes texts and a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST_LINE: Final = 75
"""Octets of a line; longer ones are folded (RFC 5545, 3.1)."""

LASTS: Final = timedelta(minutes=30)
"""A first talk; whoever wants longer makes it longer in their own calendar."""


@dataclass(frozen=True)
class Meeting:
    """What the file says; `key` names the meeting for ever, so that a later file changes the entry and adds none."""

    key: str
    at: datetime
    title: str
    text: str
    place: str
    address: str


def as_ics(meeting: Meeting, now: datetime) -> bytes:
    """The file, in UTF-8 with the line ends that calendars expect. Times are in UTC, so no time zone has to travel.

    The sequence is the moment of writing: of two files the later one counts.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kesher//Introductions//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.key}",
        f"DTSTAMP:{_moment(now)}",
        f"SEQUENCE:{int(now.timestamp()) // 60}",
        f"DTSTART:{_moment(meeting.at)}",
        f"DTEND:{_moment(meeting.at + LASTS)}",
        f"SUMMARY:{_text(meeting.title)}",
        f"DESCRIPTION:{_text(meeting.text)}",
        *([f"LOCATION:{_text(meeting.place)}"] if meeting.place else []),
        f"URL:{meeting.address}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) + b"\r\n" for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A text with the signs escaped that would end it.

    >>> print(_text("Gears, seals; and more\\nRoom 3"))
    Gears\\, seals\\; and more\\nRoom 3
    """
    for sign in ("\\", ";", ","):
        value = value.replace(sign, "\\" + sign)
    return "\\n".join(value.splitlines())


def folded(line: str) -> bytes:
    """A line cut into parts of at most 75 octets, each after the first led by a space; never within a letter.

    >>> [len(part) for part in folded("שלום " * 20).split(b"\\r\\n")]
    [74, 75, 33]
    """
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > LONGEST_LINE:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
