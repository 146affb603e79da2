"""The feed holds what is mine and says truly why."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from communities.questions.models import QuestionDetail, QuestionState
from communities.verbs import ANSWERED, ASKED, STARTED
from intranet.content import guard
from intranet.content.kinds import SpaceKind
from intranet.content.models import Post, Tag
from intranet.home.feed import feed
from intranet.notify.models import Follow, Level
from intranet.posting import actions
from tests.factories.cast import make_cast, space

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def ask(author, space, title="Which limit applies?", source="On rig B.", **options):
    question = actions.start(
        author=author, space=space, kind="question", title=title, source=source, verb=ASKED, **options
    ).post
    QuestionDetail.objects.create(post=question, due=timezone.now() + timedelta(hours=5))
    return question


def answer(author, question, source="The drawing."):
    return actions.reply(author=author, parent=question, kind="answer", source=source, verb=ANSWERED).post


def reasons(reader):
    return [(item.post.title, strip_tags(item.reason.text)) for item in feed(reader)]


def test_a_question_in_my_community_says_so(cast):
    ask(cast.hiba, cast.open)
    assert reasons(cast.alex) == [("Which limit applies?", "Question in Actuators, your community")]


def test_a_mention_comes_before_the_community(cast):
    ask(cast.hiba, cast.open, source="What do you say, @alex?")
    assert reasons(cast.alex) == [("Which limit applies?", "Hiba Zeituni mentioned you")]


def test_a_mention_in_a_reply_brings_its_thread(cast):
    question = ask(cast.noa, cast.partners)
    answer(cast.alex, question, "Ask @owner.")
    assert ("Which limit applies?", "Alex Dromi mentioned you") in reasons(cast.owner)


def test_my_own_question_comes_when_it_is_answered_and_says_by_whom(cast):
    question = ask(cast.hiba, cast.open)
    assert reasons(cast.hiba) == []
    answer(cast.alex, question)
    assert reasons(cast.hiba) == [("Which limit applies?", "Alex Dromi answered your question")]


def test_what_i_follow_says_so(cast):
    question = ask(cast.noa, cast.open)
    Follow.objects.create(person=cast.outsider, post=question)
    assert reasons(cast.outsider) == [("Which limit applies?", "You follow this question")]


def test_a_topic_i_follow_says_which(cast):
    ask(cast.noa, cast.open, tags=["torque"])
    Follow.objects.create(person=cast.outsider, tag=Tag.objects.get())
    assert reasons(cast.outsider) == [("Which limit applies?", "A topic you follow: torque")]


def test_a_space_i_follow_says_which(cast):
    ask(cast.noa, cast.open)
    Follow.objects.create(person=cast.outsider, space=cast.open)
    assert reasons(cast.outsider) == [("Which limit applies?", "You follow Actuators")]


def test_a_muted_thread_stays_away_even_from_a_member(cast):
    question = ask(cast.noa, cast.open)
    Follow.objects.create(person=cast.alex, post=question, level=Level.MUTED)
    assert reasons(cast.alex) == []


def test_a_blog_post_of_a_unit_i_never_met_says_so_and_goes_when_we_met(cast):
    blog = space("hiba-writes", owner=cast.hiba, kind=SpaceKind.BLOG)
    with guard.opened():
        Post.objects.create(kind="blog_post", space=blog, author=cast.hiba, title="Forty gearboxes")
    assert reasons(cast.alex) == [("Forty gearboxes", "From a unit you rarely meet: Field service")]
    question = ask(cast.hiba, cast.open)
    answer(cast.alex, question)
    assert [title for title, _ in reasons(cast.alex)] == [question.title]


def test_nothing_of_a_secret_space_reaches_those_outside(cast):
    question = ask(
        cast.noa, cast.secret, title="The merger", source="@outsider @former @guest", tags=["torque"]
    )
    for person in (cast.outsider, cast.former, cast.guest):
        Follow.objects.create(person=person, post=question)
        Follow.objects.create(person=person, space=cast.secret)
        Follow.objects.create(person=person, tag=Tag.objects.get())
        assert reasons(person) == []
    assert reasons(cast.alex) == [("The merger", "Question in Merger, your community")]


def test_a_solved_question_reads_by_its_answer(cast):
    question = ask(cast.hiba, cast.open)
    accepted = answer(cast.noa, question, "Zero it warm.")
    QuestionDetail.objects.update(state=QuestionState.SOLVED, accepted=accepted, accepted_by=cast.hiba)
    [item] = feed(cast.alex)
    assert (item.state, item.line.text) == ("settled", "Zero it warm.")


def test_earlier_goes_on_where_the_page_ended(cast):
    for number in range(15):
        at = timezone.now() - timedelta(hours=number)
        actions.start(
            author=cast.hiba, space=cast.open, kind="discussion", title=f"Talk {number}", verb=STARTED, at=at
        )
    first = feed(cast.alex)
    rest = feed(cast.alex, first.next)
    assert [item.post.title for item in [*first, *rest]] == [f"Talk {number}" for number in range(15)]
    assert rest.next == ""
