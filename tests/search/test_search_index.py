"""The index follows the log, and rebuilt equals incremental."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.questions.models import QuestionDetail
from communities.verbs import ACCEPTED
from intranet.activity import readers
from intranet.activity.log import record
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting.actions import edit, react, remove
from intranet.search.models import SearchEntry
from intranet.search.searching import search
from intranet.search.tasks import index_directory
from tests.factories.cast import make_cast
from tests.search.writing import answer, ask, reply


def rows():
    return list(
        SearchEntry.objects.order_by("post_id", "person_id", "space_id").values_list(
            "post_id",
            "person_id",
            "space_id",
            "type",
            "title",
            "vector",
            "lang",
            "settled",
            "updated",
            "digest",
        )
    )


def rebuilt():
    readers.rebuild(readers.reader_named("search"))
    return rows()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "answer", "reply", "edit", "remove", "vote", "read"]),
        st.integers(0, 5),
        st.sampled_from(["grease", "מנוע AX-40", "burn-in 45 °C", "'quote' \\ back"]),
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_rebuilt_equals_incremental(steps, db):
    with transaction.atomic():
        cast = make_cast()
        posts = [ask(cast.noa, cast.open, "First", tags=["cold"])]
        for deed, which, words in steps:
            post = posts[which % len(posts)]
            do(deed, cast, post, words, posts)
        readers.catch_up(readers.reader_named("search"))
        incremental = rows()
        assert rebuilt() == incremental
        transaction.set_rollback(True)


def do(deed, cast, post, words, posts):
    alive = (
        Post.objects.get(pk=post.pk).state == "published"
        and Post.objects.get(pk=post.thread_id).state == "published"
    )
    if deed == "ask":
        posts.append(ask(cast.noa, cast.open, words, words))
    elif deed == "read":
        readers.catch_up(readers.reader_named("search"))
    elif not alive:
        return
    elif deed == "answer":
        posts.append(answer(cast.alex, post.thread, words))
    elif deed == "reply":
        posts.append(reply(cast.alex, post, words))
    elif deed == "vote":
        react(person=cast.hiba, post=post, value=1)
    elif deed == "edit":
        edit(editor=post.author, post=post, source=words, base_revision=Post.objects.get(pk=post.pk).revision)
    elif deed == "remove":
        remove(actor=post.author, post=post)


def test_an_accepted_answer_settles_its_question_and_releases_its_rival(cast, indexed):
    question = ask(cast.noa, cast.open, "Which grease?")
    first, second = answer(cast.alex, question, "blue grease"), answer(cast.hiba, question, "red grease")
    detail = QuestionDetail.objects.create(post=question, due=timezone.now(), accepted=first)
    record(ACCEPTED, cast.noa, about=cast.alex, post=first)
    indexed()

    def settled():
        return set(SearchEntry.objects.filter(settled=True).values_list("post_id", flat=True))

    assert settled() == {question.pk, first.pk}
    detail.accepted = second
    detail.save()
    record(ACCEPTED, cast.noa, about=cast.hiba, post=second)
    indexed()
    assert settled() == {question.pk, second.pk}
    assert search(cast.owner, "grease", type="answer").items[0].post == second


def test_people_follow_the_directory_without_a_deed_in_the_log(cast, indexed):
    indexed()
    index_directory.func()
    assert search(cast.alex, "Tiltan").total == 1
    User.objects.filter(pk=cast.noa.pk).update(name="Noa Dromi-Har", title="Firmware")
    index_directory.func()
    assert search(cast.alex, "Tiltan").total == 0
    assert [entry.person for entry in search(cast.alex, "firmware").items] == [cast.noa]
    User.objects.filter(pk=cast.noa.pk).update(is_active=False)
    index_directory.func()
    assert search(cast.alex, "firmware").total == 0


def test_a_very_long_post_is_indexed(cast, indexed):
    ask(cast.noa, cast.open, "Long", "ab " * 6000 + "needle")
    indexed()
    assert search(cast.alex, "needle").total == 1
