"""What people are told, and what they are not."""

import pytest

from communities.verbs import ANSWERED, ASKED
from intranet.activity import readers
from intranet.activity.models import Event
from intranet.content.kinds import PostKind
from intranet.content.models import Membership
from intranet.notify.actions import see
from intranet.notify.following import NORMAL, follow
from intranet.notify.models import Level, Notification
from intranet.posting import actions
from tests.factories.cast import Cast, join, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(author, space, title="Which grease for deep cold?", source="It stops at -20."):
    return actions.start(
        author=author, space=space, kind=PostKind.QUESTION, title=title, source=source, verb=ASKED
    ).post


def answer(author, question, source="The blue one."):
    return actions.reply(
        author=author, parent=question, kind=PostKind.ANSWER, source=source, verb=ANSWERED
    ).post


def told() -> list[tuple[str, str, str]]:
    """Everything that was told: (to whom, what, why)."""
    readers.catch_up_all()
    rows = Notification.objects.order_by("event_id", "recipient__username")
    return list(rows.values_list("recipient__username", "event__verb", "reason"))


def test_the_asker_is_told_of_an_answer_and_its_writer_is_not(cast):
    answer(cast.alex, ask(cast.noa, cast.open))
    assert told() == [("noa", "answered", "about")]


def test_who_wrote_in_the_thread_is_told_of_the_next_answer(cast):
    question = ask(cast.noa, cast.open)
    answer(cast.alex, question)
    answer(cast.hiba, question, "The red one.")
    assert told() == [
        ("noa", "answered", "about"),
        ("alex", "answered", "thread"),
        ("noa", "answered", "about"),
    ]


def test_a_watched_space_tells_of_questions_until_it_is_normal_again(cast):
    follow(person=cast.hiba, level=Level.WATCHING, space=cast.open)
    ask(cast.noa, cast.open)
    assert told() == [("hiba", "asked", "space")]
    follow(person=cast.hiba, level=NORMAL, space=cast.open)
    ask(cast.noa, cast.open, title="And for heat?")
    assert told() == [("hiba", "asked", "space")]


def test_a_muted_thread_tells_nothing_that_is_said_there(cast):
    question = ask(cast.noa, cast.open)
    first = answer(cast.alex, question)
    follow(person=cast.alex, level=Level.MUTED, post=question)
    answer(cast.hiba, question, "The red one, @alex.")
    actions.react(person=cast.noa, post=first, value=1, kind="thanks")
    assert [row for row in told() if row[0] == "alex"] == []


def test_a_mention_reaches_only_people_who_can_read_it(cast):
    ask(cast.noa, cast.secret, source="@alex and @outsider, what do you think?")
    assert told() == [("alex", "mentioned", "about")]


def test_someone_who_left_a_secret_space_is_told_nothing_more_and_sees_nothing_old(cast):
    join(cast.secret, cast.former)
    question = ask(cast.former, cast.secret)
    answer(cast.alex, question)
    assert told() == [("former", "answered", "about")]
    Membership.objects.filter(space=cast.secret, person=cast.former).delete()
    answer(cast.noa, question, "Another view.")
    cast.former.__dict__.pop("space_roles", None)
    assert [row for row in told() if row[0] == "former"] == [("former", "answered", "about")]
    assert list(Notification.objects.visible_to(cast.former)) == []


def test_rebuilt_equals_incremental_and_seen_stays_seen(cast):
    question = ask(cast.noa, cast.open)
    answer(cast.alex, question)
    before = told()
    see(person=cast.noa)
    answer(cast.hiba, question)
    told()

    def rows():
        return list(
            Notification.objects.order_by("event_id").values_list("recipient_id", "event_id", "seen_at")
        )

    incremental = rows()
    assert readers.rebuild(readers.reader_named("notifications")) == Event.objects.count()
    assert rows() == incremental
    assert before[0] == ("noa", "answered", "about")


def test_the_inbox_says_who_did_what_and_opening_marks_it_seen(cast, client):
    answer(cast.alex, ask(cast.noa, cast.open))
    told()
    client.force_login(cast.noa)
    page = client.get("/inbox/", headers={"accept-language": "en"}).content.decode()
    assert "Which grease for deep cold?" in page
    notification = Notification.objects.get()
    client.get(f"/inbox/{notification.pk}/")
    notification.refresh_from_db()
    assert notification.seen_at is not None


def test_another_persons_notification_is_not_found(cast, client):
    answer(cast.alex, ask(cast.noa, cast.open))
    told()
    client.force_login(cast.hiba)
    assert client.get(f"/inbox/{Notification.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_costs_the_same_for_one_and_three(cast, client, django_assert_num_queries, count):
    for number in range(count):
        answer(cast.alex, ask(cast.noa, cast.open, title=f"Question {number}?"))
    told()
    client.force_login(cast.noa)
    client.get("/inbox/")
    with django_assert_num_queries(9):
        client.get("/inbox/")
