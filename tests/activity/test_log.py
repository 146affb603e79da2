"""The log is append-only, and its readers miss nothing and read nothing twice."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from intranet.activity import readers
from intranet.activity.log import record
from intranet.activity.models import Cursor, Event
from intranet.posting.verbs import THANKED
from tests.factories.cast import person


class Listing:
    """A reader that writes down which events it read."""

    name = "listing"

    def __init__(self) -> None:
        self.seen: list[int] = []

    def read(self, events) -> None:
        self.seen += [event.pk for event in events]

    def forget(self) -> None:
        self.seen = []


def thank(actor) -> Event:
    with transaction.atomic():
        return record(THANKED, actor)


@pytest.mark.django_db
def test_an_event_cannot_be_changed_or_deleted():
    event = thank(person("noa"))
    for change in (lambda: Event.objects.update(verb="voted"), Event.objects.all().delete):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()
    assert list(Event.objects.values_list("pk", "verb")) == [(event.pk, "thanked")]


@pytest.mark.django_db(transaction=True)
def test_a_deed_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="outside the transaction"):
        record(THANKED, person("noa"))
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_read_once_and_in_order():
    noa, alex = person("noa"), person("alex")
    written, may_commit = threading.Event(), threading.Event()
    late: list[int] = []

    def slow() -> None:
        with transaction.atomic():
            late.append(record(THANKED, noa).pk)
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    quick = thank(alex).pk
    reader = Listing()
    readers.catch_up(reader)
    before_commit = list(reader.seen)
    may_commit.set()
    thread.join()
    readers.catch_up(reader)
    assert late[0] < quick
    assert before_commit == []
    assert reader.seen == [late[0], quick]


@pytest.mark.django_db
def test_rebuilt_equals_incremental():
    noa = person("noa")
    reader = Listing()
    for _ in range(3):
        thank(noa)
        readers.catch_up(reader)
    incremental = list(reader.seen)
    assert readers.rebuild(reader) == 3
    assert reader.seen == incremental
    assert Cursor.objects.get(name="listing").event == incremental[-1]


@pytest.mark.django_db
def test_more_events_than_one_batch_are_all_read(monkeypatch):
    monkeypatch.setattr(readers, "BATCH", 2)
    noa = person("noa")
    made = [thank(noa).pk for _ in range(5)]
    reader = Listing()
    assert readers.catch_up(reader) == 5
    assert reader.seen == made
