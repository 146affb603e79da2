"""The planted word is in no mail and comes out of no task, also not to somebody who was a member."""

from __future__ import annotations

import pytest

from intranet.notify.models import Notification
from tests.access.outlets import work
from tests.access.walking import KINDS, Unknown, kind_of_place
from tests.access.words import INTRODUCED, PLANTED


@pytest.mark.django_db
def test_no_task_and_no_mail_tells_an_outsider(town, hidden, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sent = work(town)
    assert town.outsider.email in sent
    assert [word for word in (PLANTED, INTRODUCED) if word in sent] == []
    for name in ("outsider", "guest", "former", "elsewhere", "moderator", "km", "admin"):
        told = Notification.objects.visible_to(town.people[name]).filter(event__space=town.secret)
        assert list(told) == [], name


def test_what_the_walk_cannot_fill_fails():
    with pytest.raises(Unknown):
        kind_of_place("/somewhere/<slug:unheard_of>/", "unheard_of")
    assert len({(start, name) for start, name, _kind in KINDS}) == len(KINDS)
