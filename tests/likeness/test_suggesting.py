"""A likeness comes to the queue, never acts, can be switched off, and tells the lead how often it is right."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.audit.models import AuditEntry
from intranet.content.models import Post
from intranet.likeness import learning, suggesting
from intranet.likeness.models import Learned, Likeness
from intranet.moderation import actions
from intranet.moderation.models import Case, Flag
from intranet.moderation.queue import waiting_for
from tests.factories import threads as make
from tests.factories.cast import make_cast

AD = "Buy cheap oil now, best price {}"


@pytest.fixture
def cast(db, settings, monkeypatch):
    settings.KESHER_RATE_LIMITS = False
    for module in (learning, suggesting):
        monkeypatch.setattr(module, "LIKENESS_MIN", 5)
    return make_cast()


@pytest.fixture
def clause(cast):
    return make.clause()


@pytest.fixture
def taught(cast, clause):
    """Eight decided advertisements, eight ordinary posts, and what was learned from them."""
    for number in range(8):
        post = make.discussion(cast.noa, cast.open, source=AD.format(number))
        case = actions.flag(reporter=cast.owner, post=post, clause=clause, source="request").case
        actions.decide(actor=cast.moderator, case=case, outcome="warn", clause=clause)
        make.discussion(cast.alex, cast.open, source=f"Which seal fits gearbox {number}?")
    suggesting.switch(actor=cast.moderator, on=True)
    return learning.learn_anew()


def written(cast, source: str) -> Post:
    return make.discussion(cast.hiba, cast.open, source=source, at=timezone.now() - timedelta(minutes=2))


def test_a_like_post_comes_to_the_queue_with_its_words_and_nothing_happens_to_it(
    cast, clause, taught
) -> None:
    like = written(cast, "Best price, buy cheap oil!")
    written(cast, "Which gearbox needs this seal?")
    assert (suggesting.suggest(), suggesting.suggest()) == (1, 0)
    flag = Flag.objects.get(source="classifier")
    assert (flag.case.post, flag.clause, flag.weight, flag.reporter) == (like, clause, 0.0, None)
    assert flag.likeness.learned == taught
    assert {"price", "oil"} <= set(flag.likeness.words)
    like.refresh_from_db()
    assert like.state == "published"
    (case,) = waiting_for(cast.moderator, timezone.now())
    assert case.suggested
    client = Client()
    client.force_login(cast.moderator)
    page = client.get(case.get_absolute_url()).content.decode()
    for words in ("Suggestion", "looks like posts decided under", "A likeness of words is no finding"):
        assert words in page


def test_what_was_decided_before_is_not_brought_up_again_and_what_was_there_before_neither(
    cast, taught
) -> None:
    assert suggesting.suggest() == 0
    assert Case.objects.open().count() == 0


def test_switched_off_it_says_nothing(cast, taught) -> None:
    suggesting.switch(actor=cast.moderator, on=False)
    written(cast, "Best price, buy cheap oil!")
    assert (suggesting.suggest(), Likeness.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        suggesting.switch(actor=cast.owner, on=True)


def test_each_switch_is_in_the_audit_trail_once(cast) -> None:
    for on in (True, True, False, False):
        suggesting.switch(actor=cast.moderator, on=on)
    entries = AuditEntry.objects.filter(deed__startswith="likeness").order_by("pk")
    assert [(entry.deed, entry.actor) for entry in entries] == [
        ("likeness_on", cast.moderator.pk),
        ("likeness_off", cast.moderator.pk),
    ]


def test_a_version_is_made_only_when_there_is_something_new(cast, clause, taught) -> None:
    assert learning.learn_anew() is None
    post = make.discussion(cast.noa, cast.open, source="Cheap bearings, buy!")
    case = actions.flag(reporter=cast.owner, post=post, clause=clause, source="request").case
    actions.decide(actor=cast.moderator, case=case, outcome="warn", clause=clause)
    assert learning.learn_anew().number == 2
    assert Learned.objects.get(number=1).counts == {}


def test_the_lead_sees_how_often_it_is_right_and_others_do_not(cast, clause, taught) -> None:
    client = Client()
    client.force_login(cast.moderator)
    page = client.get("/moderation/likeness/").content.decode()
    assert clause.version.policy.label in page
    assert "Version 1" in page
    client.force_login(cast.owner)
    page = client.get("/moderation/likeness/").content.decode()
    assert clause.version.policy.label not in page
    assert client.post("/moderation/likeness/switch/", {"on": "0"}).status_code == 403
    assert suggesting.is_on()
    client.force_login(cast.hiba)
    assert client.get("/moderation/likeness/").status_code == 403
