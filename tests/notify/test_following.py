"""What each level tells, for threads, communities, topics and people."""

import pytest

from communities.joining.actions import leave
from communities.verbs import ANSWERED, ASKED
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.models import Tag
from intranet.home.feed import feed
from intranet.notify.following import follow, level_of
from intranet.notify.models import Follow, Level, Notification
from intranet.posting import actions
from intranet.posting.verbs import COMMENTED
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(author, space, title="Which grease for deep cold?", source="It stops.", tags=()):
    return actions.start(
        author=author, space=space, kind="question", title=title, source=source, verb=ASKED, tags=tags
    ).post


def reply(author, parent, kind="answer", source="The blue one."):
    verb = ANSWERED if kind == "answer" else COMMENTED
    return actions.reply(author=author, parent=parent, kind=kind, source=source, verb=verb).post


def told(person) -> list[tuple[str, str]]:
    readers.catch_up_all()
    rows = Notification.objects.filter(recipient=person).order_by("event_id")
    return list(rows.values_list("event__verb", "reason"))


def test_following_a_question_spares_its_comments_and_watching_does_not(cast):
    question = ask(cast.noa, cast.open)
    follow(person=cast.hiba, level=Level.FOLLOWING, post=question)
    follow(person=cast.owner, level=Level.WATCHING, post=question)
    reply(cast.noa, reply(cast.alex, question), "comment")
    assert told(cast.hiba) == [("answered", "thread")]
    assert told(cast.owner) == [("answered", "thread"), ("commented", "thread")]


def test_who_follows_a_person_hears_of_their_threads_where_they_may_read(cast):
    follow(person=cast.outsider, level=Level.FOLLOWING, whom=cast.alex)
    follow(person=cast.hiba, level=Level.WATCHING, whom=cast.alex)
    reply(cast.alex, ask(cast.alex, cast.open))
    ask(cast.alex, cast.secret, title="Who signs?")
    assert told(cast.outsider) == [("asked", "person")]
    assert told(cast.hiba) == [("asked", "person"), ("answered", "person")]


def test_a_muted_person_is_not_heard_even_when_they_mention_me(cast):
    follow(person=cast.hiba, level=Level.MUTED, whom=cast.alex)
    question = ask(cast.hiba, cast.open)
    reply(cast.alex, question, source="Look here, @hiba.")
    reply(cast.noa, question)
    assert told(cast.hiba) == [("answered", "about")]


def test_a_watched_topic_tells_of_new_threads_and_a_muted_one_stills_the_space(cast):
    grease = Tag.objects.create(slug="grease", name="grease")
    follow(person=cast.outsider, level=Level.WATCHING, tag=grease)
    follow(person=cast.hiba, level=Level.MUTED, tag=grease)
    follow(person=cast.hiba, level=Level.WATCHING, space=cast.open)
    ask(cast.noa, cast.open, tags=["grease"])
    ask(cast.noa, cast.open, title="And for heat?")
    assert told(cast.outsider) == [("asked", "tag")]
    assert told(cast.hiba) == [("asked", "space")]


def test_a_thread_that_was_chosen_is_heard_in_a_muted_community(cast):
    question, other = ask(cast.noa, cast.open), ask(cast.noa, cast.open, title="And for heat?")
    follow(person=cast.alex, level=Level.MUTED, space=cast.open)
    follow(person=cast.alex, level=Level.WATCHING, post=question)
    reply(cast.hiba, question)
    reply(cast.hiba, other, source="Ask @alex.")
    assert told(cast.alex) == [("answered", "thread")]


def test_leaving_a_community_ends_its_follows_and_keeps_what_was_muted(cast):
    first, second = ask(cast.noa, cast.open), ask(cast.noa, cast.open, title="And for heat?")
    follow(person=cast.hiba, level=Level.WATCHING, space=cast.open)
    follow(person=cast.hiba, level=Level.FOLLOWING, post=first)
    follow(person=cast.hiba, level=Level.MUTED, post=second)
    leave(person=cast.hiba, space=cast.open)
    assert list(Follow.objects.filter(person=cast.hiba).values_list("post", "level")) == [
        (second.pk, "muted")
    ]


def test_nobody_follows_themselves_and_normal_leaves_no_row(cast):
    with pytest.raises(Refused):
        follow(person=cast.noa, level=Level.WATCHING, whom=cast.noa)
    follow(person=cast.noa, level=Level.WATCHING, whom=cast.alex)
    follow(person=cast.noa, level=Level.NORMAL, whom=cast.alex)
    assert (level_of(cast.noa, whom=cast.alex), Follow.objects.count()) == ("normal", 0)


def test_the_home_page_brings_a_followed_person_and_leaves_out_a_muted_one(cast):
    ask(cast.alex, cast.open)
    ask(cast.hiba, cast.open, title="And for heat?")
    follow(person=cast.outsider, level=Level.FOLLOWING, whom=cast.alex)
    follow(person=cast.outsider, level=Level.MUTED, whom=cast.hiba)
    follow(person=cast.outsider, level=Level.FOLLOWING, space=cast.open)
    assert [item.post.author.username for item in feed(cast.outsider)] == ["alex"]


def test_the_page_lists_every_choice_that_may_be_seen_in_constant_queries(
    cast, client, django_assert_max_num_queries
):
    question = ask(cast.noa, cast.open, tags=["cold"])
    hidden = ask(cast.noa, cast.secret, title="Merger papers")
    Follow.objects.create(person=cast.outsider, post=hidden)
    follow(person=cast.outsider, level=Level.MUTED, post=question)
    client.force_login(cast.outsider)
    client.get("/following/")
    with django_assert_max_num_queries(60) as one:
        client.get("/following/")
    follow(person=cast.outsider, level=Level.WATCHING, space=cast.open)
    follow(person=cast.outsider, level=Level.WATCHING, whom=cast.alex)
    follow(person=cast.outsider, level=Level.FOLLOWING, tag=Tag.objects.get())
    with django_assert_max_num_queries(60) as four:
        page = client.get("/following/", headers={"accept-language": "en"}).content.decode()
    assert len(four) == len(one)
    assert "Merger papers" not in page
    assert [name in page for name in ("Which grease", "Actuators", "Alex Dromi", "cold")] == [True] * 4


def test_a_level_is_set_from_any_page_and_what_is_unseen_does_not_exist(cast, client):
    hidden = ask(cast.noa, cast.secret, title="Merger papers")
    client.force_login(cast.outsider)
    assert client.post(f"/following/thread/{hidden.public_id}/", {"level": "watching"}).status_code == 404
    assert client.post("/following/person/alex/", {"level": "loud"}).status_code == 403
    done = client.post("/following/person/alex/", {"level": "watching", "next": "/people/alex/"})
    assert (done.status_code, done["Location"]) == (302, "/people/alex/")
    assert level_of(cast.outsider, whom=cast.alex) == "watching"


def test_a_script_gets_the_control_as_it_is_now_and_no_other_page(cast, client):
    question = ask(cast.noa, cast.open)
    cast.hiba.language = "en"
    cast.hiba.save()
    client.force_login(cast.hiba)
    script = {"headers": {"X-Requested-With": "fetch"}}
    address = f"/following/thread/{question.public_id}/"
    menu = client.post(address, {"level": "watching", "next": "/t/x/"}, **script)
    assert (menu.status_code, "<html" in menu.content.decode()) == (200, False)
    assert 'data-said="Watching: You are told of every post here, comments too."' in menu.content.decode()
    mute = client.post(
        address, {"level": "muted", "look": "mute", "next": "/inbox/"}, **script
    ).content.decode()
    assert ('value="normal"' in mute, 'name="next" value="/inbox/"' in mute) == (True, True)
    assert level_of(cast.hiba, post=question) == "muted"
    assert client.post(address, {"level": "loud"}, **script).status_code == 403
    assert not client.get("/following/").context["messages"]


def test_one_line_a_thread_in_the_inbox_that_can_be_muted_there(cast, client):
    question = ask(cast.noa, cast.open)
    for words in ("One.", "Two.", "Three."):
        reply(cast.alex, question, source=words)
    told(cast.noa)
    cast.noa.language = "en"
    cast.noa.save()
    client.force_login(cast.noa)
    page = client.get("/inbox/").content.decode()
    assert page.count('class="item ') == 1
    assert "3 new answers in" in page
    latest = Notification.objects.filter(recipient=cast.noa).latest("event_id")
    first = Notification.objects.filter(recipient=cast.noa).earliest("event_id")
    assert client.get(f"/inbox/{latest.pk}/")["Location"] == first.event.post.get_absolute_url()
    assert Notification.objects.filter(recipient=cast.noa).unseen().count() == 0
    client.post(f"/following/thread/{question.public_id}/", {"level": "muted", "next": "/inbox/"})
    reply(cast.hiba, question, source="Four.")
    assert told(cast.noa) == [("answered", "about")] * 3


def test_the_inbox_pages_by_thread(cast, client):
    for number in range(22):
        question = ask(cast.noa, cast.open, title=f"Question {number}?")
        reply(cast.alex, question)
    told(cast.noa)
    client.force_login(cast.noa)
    first = client.get("/inbox/")
    second = client.get("/inbox/", {"cursor": first.context["page"].next})
    shown = [
        line.notification.event.post.thread.title for page in (first, second) for line in page.context["page"]
    ]
    assert shown == [f"Question {number}?" for number in reversed(range(22))]
