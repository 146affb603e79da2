"""How far somebody has read, and what is new since they were there."""

import pytest

from communities.verbs import REPLIED, STARTED
from intranet.notify.models import ReadPosition
from intranet.notify.positions import read_up_to
from intranet.posting import actions
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def talk(cast):
    """A discussion of Noa with two replies of Alex."""
    thread = actions.start(
        author=cast.noa, space=cast.open, kind="discussion", title="Cold starts", source="How?", verb=STARTED
    ).post
    for words in ("One.", "Two."):
        say(cast.alex, thread, words)
    thread.refresh_from_db()
    return thread


def say(author, thread, words):
    return actions.reply(author=author, parent=thread, kind="reply", source=words, verb=REPLIED).post


def page_of(client, person, thread):
    client.force_login(person)
    return client.get(thread.get_absolute_url(), headers={"accept-language": "en"}).content.decode()


def test_a_position_only_moves_forward_and_never_past_the_end(cast, talk):
    assert [read_up_to(person=cast.hiba, thread=talk, number=n) for n in (1, 0, 99, 1)] == [1, 1, 2, 2]


def test_on_a_first_visit_nothing_is_new(cast, talk, client):
    page = page_of(client, cast.hiba, talk)
    assert ("since you were here" in page, ReadPosition.objects.count()) == (False, 0)


def test_what_others_wrote_since_is_marked_and_my_own_is_not(cast, talk, client):
    read_up_to(person=cast.hiba, thread=talk, number=2)
    say(cast.hiba, talk, "Mine.")
    say(cast.alex, talk, "His.")
    say(cast.noa, talk, "Hers.")
    page = page_of(client, cast.hiba, talk)
    assert "2 new since you were here" in page
    assert page.index("Mine.") < page.index('class="since"') < page.index("His.")
    listed = client.get("/c/open-talk/?kind=discussion", headers={"accept-language": "en"}).content.decode()
    assert '<span class="badge badge--tie">2 new</span>' in listed


def test_without_a_script_opening_the_page_notes_the_position(cast, talk, client):
    page = page_of(client, cast.hiba, talk)
    address = f"/inbox/read/{talk.public_id}/?to=2"
    assert f'<noscript><img src="{address}"' in page
    assert client.get(address).status_code == 204
    assert list(ReadPosition.objects.values_list("person__username", "number")) == [("hiba", 2)]


def test_the_script_posts_how_far_it_saw_and_what_is_unseen_does_not_exist(cast, talk, client):
    client.force_login(cast.hiba)
    assert client.post(f"/inbox/read/{talk.public_id}/", {"number": "1"}).status_code == 204
    hidden = actions.start(
        author=cast.noa, space=cast.secret, kind="discussion", title="Papers", source="Who?", verb=STARTED
    ).post
    assert client.post(f"/inbox/read/{hidden.public_id}/", {"number": "1"}).status_code == 404
    assert list(ReadPosition.objects.values_list("thread", "number")) == [(talk.pk, 1)]


def test_a_script_gets_the_posts_alone(cast, talk, client):
    client.force_login(cast.hiba)
    part = client.get(talk.get_absolute_url(), headers={"X-Requested-With": "fetch"}).content.decode()
    assert ("Two." in part, "<html" in part) == (True, False)


def test_lists_of_communities_count_the_threads_with_news(cast, talk, client):
    read_up_to(person=cast.hiba, thread=talk, number=1)
    cast.hiba.language = "en"
    cast.hiba.save()
    client.force_login(cast.hiba)
    pages = [client.get(address).content.decode() for address in ("/c/", "/")]
    assert ["1 thread with news" in page for page in pages] == [True, True]
    read_up_to(person=cast.hiba, thread=talk, number=2)
    pages = [client.get(address).content.decode() for address in ("/c/", "/")]
    assert ["with news" in page for page in pages] == [False, False]
