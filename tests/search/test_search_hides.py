"""What a person may not see leaves no trace in results, counts, topics, suggestions, similar questions or spellings."""

import pytest

from intranet.access.deeds import Deed
from intranet.content.kinds import PostState
from intranet.content.models import Membership, Post, Tag
from intranet.moderation import gate
from intranet.posting.actions import edit, remove
from intranet.search.searching import search
from intranet.search.similar import similar
from tests.factories.cast import join
from tests.search.writing import answer, ask

WORD = "zeppelin"


@pytest.fixture
def secret(cast, indexed):
    """A secret community whose posts, topic and replies hold a word that stands nowhere else."""
    join(cast.secret, cast.former)
    question = ask(cast.noa, cast.secret, f"When does {WORD} close?", f"the {WORD} deal", tags=[WORD])
    answer(cast.alex, question, f"{WORD} closes in May")
    Tag.objects.filter(slug=WORD).update(name_he="צפלין")
    Membership.objects.filter(space=cast.secret, person=cast.former).delete()
    cast.former.__dict__.pop("space_roles", None)
    ask(cast.hiba, cast.open, "When does the gate close?", "in May")
    indexed()
    return question


def test_members_find_it(cast, secret):
    page = search(cast.alex, WORD)
    assert page.counts == {"question": 1, "answer": 1}
    assert [entry.post for entry in similar(cast.alex, f"{WORD} closing")] == [secret]
    assert search(cast.alex, "zepelin").query.text == WORD
    assert [entry.space for entry in search(cast.alex, "merger").items] == [cast.secret]


OUTSIDERS = ["outsider", "former", "guest", "moderator", "admin", "km", "hiba", "inactive"]


ASKED = [
    {"q": WORD},
    {"q": "zepelin"},
    {"q": "צפלין"},
    {"q": f'"{WORD} deal"'},
    {"q": "close", "community": "merger"},
    {"q": "", "tag": WORD},
    {"q": "close", "tag": WORD},
    {"q": "merger"},
]


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_find_nothing_of_it_however_they_ask(cast, secret, who):
    for asked in ASKED:
        page = search(cast.people[who], **asked)
        assert (page.items, page.counts, page.instead_of, page.next) == ([], {}, "", "")
        assert (page.query.text, page.query.also) == (asked["q"], {})


@pytest.mark.parametrize("who", OUTSIDERS)
def test_similar_questions_say_nothing_of_it(cast, secret, who):
    found = similar(cast.people[who], f"When does {WORD} close?", space=cast.secret)
    assert WORD not in "".join(entry.title for entry in found)


def test_a_guest_finds_the_own_community_and_its_people_only(cast, indexed):
    ask(cast.noa, cast.open, "Grease for employees")
    ask(cast.noa, cast.partners, "Grease for partners")
    indexed()
    assert search(cast.guest, "grease").counts == {"question": 1}
    assert [entry.person for entry in search(cast.guest, "noa").items] == [cast.noa]
    assert search(cast.guest, "Hiba").items == []
    assert search(cast.guest, "actuators").items == []
    assert [entry.space for entry in search(cast.guest, "partners").items if entry.space] == [cast.partners]


def test_by_request_names_are_known_and_posts_are_not(cast, indexed):
    ask(cast.noa, cast.request, "Grease on line 3")
    indexed()
    page = search(cast.outsider, "line 3")
    assert [entry.space for entry in page.items] == [cast.request]


def test_an_edited_away_word_and_a_removed_post_are_gone(cast, indexed):
    question = ask(cast.noa, cast.open, "About grease", f"the {WORD} type")
    indexed()
    assert search(cast.alex, WORD).total == 1
    edit(editor=cast.noa, post=question, source="the blue type", base_revision=1)
    indexed()
    assert search(cast.alex, WORD).total == 0
    assert search(cast.alex, "grease").total == 1
    remove(actor=cast.noa, post=question)
    indexed()
    assert search(cast.noa, "grease").total == 0


@pytest.mark.parametrize("state", [PostState.HIDDEN, PostState.HELD, PostState.DELETED])
def test_a_hidden_thread_hides_its_answers_before_the_index_knows(cast, indexed, state):
    question = ask(cast.noa, cast.open, "About grease")
    answer(cast.alex, question, "blue grease")
    indexed()
    with gate.permit(cast.moderator, Deed.EDIT, post=question):
        Post.objects.filter(pk=question.pk).update(state=state)
    assert search(cast.hiba, "grease").counts == {}
