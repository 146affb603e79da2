"""The agreed meeting as a calendar file."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from kms.introductions import actions, calendar
from kms.introductions.models import Arm, Candidate, Introduction
from kms.network.models import Snapshot
from tests.factories.cast import person
from tests.network.organisation import END, START

AT = datetime(2027, 3, 4, 12, 30, tzinfo=UTC)
PRETEXT = "שניכם נאבקים ברעש של תמסורת 7; אולי כדאי לשבת יחד, עם השרטוטים, ולראות מה כבר נוסה ומה עוד לא."


@pytest.fixture
def agreed(db):
    """Two people who both said yes and fixed a meeting."""
    km = person("km", "employee", "km", name="Michal Arvati")
    noa = person("noa", "employee", name="Noa Shaked", language="en")
    gilad = person("gilad", "employee", name="גלעד ברק", language="he")
    report = Snapshot.objects.create(asked_by=km, start=START, end=END)
    low, high = sorted((noa, gilad), key=lambda one: one.pk)
    pair = Candidate.objects.create(low=low, high=high, snapshot=report, kind="likely", arm=Arm.OFFERED)
    introduction = Introduction.objects.create(
        candidate=pair, asked_by=km, pretext=PRETEXT, expires_at=timezone.now() + timedelta(days=9)
    )
    for one in (noa, gilad):
        introduction.sides.create(person=one)
    for one in (noa, gilad):
        actions.answer(person=one, introduction=introduction, answer="yes")
    actions.fix_meeting(person=noa, introduction=introduction, at=AT, place="Room 3, Haifa")
    return introduction, noa, gilad


def entries(body):
    """The lines of a file, unfolded, as names and values."""
    text = body.decode().replace("\r\n ", "")
    assert text.endswith("\r\n") and all(len(line) <= 75 for line in body.split(b"\r\n"))
    return [tuple(line.split(":", 1)) for line in text.split("\r\n") if line]


def unescaped(value):
    return value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")


def test_each_gets_the_meeting_in_their_language(client, agreed):
    introduction, noa, gilad = agreed
    for reader, other in ((noa, gilad), (gilad, noa)):
        client.force_login(reader)
        page = client.get("/network/introductions/").content.decode()
        address = f"/network/introductions/{introduction.pk}/meeting.ics"
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        found = dict(entries(answer.content))
        with translation.override(reader.language):
            assert found["SUMMARY"] == gettext("Getting to know %(name)s") % {"name": other.display_name}
        assert (found["DTSTART"], found["DTEND"]) == ("20270304T123000Z", "20270304T130000Z")
        assert unescaped(found["LOCATION"]) == "Room 3, Haifa"
        assert unescaped(found["DESCRIPTION"]).splitlines()[0] == PRETEXT


def test_a_changed_meeting_is_the_same_entry(client, agreed):
    introduction, noa, _gilad = agreed
    client.force_login(noa)
    address = f"/network/introductions/{introduction.pk}/meeting.ics"
    before = dict(entries(client.get(address).content))
    actions.fix_meeting(person=noa, introduction=introduction, at=AT + timedelta(days=1))
    after = dict(entries(client.get(address).content))
    assert after["UID"] == before["UID"] and after["DTSTART"] == "20270305T123000Z"
    assert int(after["SEQUENCE"]) >= int(before["SEQUENCE"]) and "LOCATION" not in after


def test_for_others_and_before_a_meeting_there_is_no_file(client, agreed):
    introduction, noa, _gilad = agreed
    address = f"/network/introductions/{introduction.pk}/meeting.ics"
    client.force_login(introduction.asked_by)
    assert client.get(address).status_code == 404
    Introduction.objects.filter(pk=introduction.pk).update(meet_at=None)
    client.force_login(noa)
    assert client.get(address).status_code == 404


def test_a_letter_is_never_cut_in_two():
    line = "SUMMARY:" + "קשר " * 60
    parts = calendar.folded(line).split(b"\r\n ")
    assert len(parts) > 5 and b"".join(parts).decode() == line
    assert doctest.testmod(calendar).failed == 0
