"""A community that is merged while people write in it, and merged twice at once, with real threads on PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db.models import F

from communities.merging import actions as merging
from communities.merging.carrying import carry_on
from communities.merging.models import Merger
from communities.questions import actions as questions
from communities.threads import actions as talks
from intranet.access.verdict import Refused
from intranet.content.models import Membership, Post
from kms.articles import actions as articles
from kms.articles.actions import ArticleText
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast, space
from tests.races.test_writing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    settings.KESHER_RATE_LIMITS = False
    return make_cast()


def test_what_is_written_while_a_community_is_merged_is_in_the_new_one_or_refused(cast):
    for n in range(ROUNDS):
        old, new = (space(f"{name}-{n}", owner=cast.owner, name=name) for name in ("old", "new"))
        for person in (cast.noa, cast.alex, cast.hiba):
            Membership.objects.create(space=old, person=person)
        roots = [make.discussion(cast.noa, old, f"Thread {n} {m}") for m in range(4)]
        *written, merger = at_once(
            *(partial(talks.reply, author=cast.alex, parent=root, source="late") for root in roots),
            partial(talks.start, author=cast.hiba, space=old, kind="discussion", title="New", source="late"),
            partial(merging.propose, actor=cast.owner, space=old, into=new),
        )
        refused = [each.verdict.code for each in written if isinstance(each, Refused)]
        assert set(refused) <= {"archived"}
        assert merger.state == "done"
        assert not Post.objects.filter(space=old).exists()
        assert Post.objects.filter(space=new).count() == 4 + 5 - len(refused)
    below = Post.objects.filter(root__isnull=False)
    assert list(below.exclude(space=F("root__space"))) == []


def test_two_workers_on_one_merger_carry_each_thread_once(cast, monkeypatch):
    monkeypatch.setattr("communities.merging.tasks.MERGE_AT_ONCE", 0)
    monkeypatch.setattr("communities.merging.carrying.MERGE_BATCH", 3)
    new = space("new", owner=cast.owner)
    for n in range(8):
        make.discussion(cast.noa, cast.open, f"Thread {n}")
    merger = merging.propose(actor=cast.owner, space=cast.open, into=new)

    def work() -> None:
        while carry_on(merger.public_id):
            pass

    at_once(work, work, work)
    merger = Merger.objects.get()
    assert (merger.state, merger.carried) == ("done", 8)
    assert merger.surgeries.count() == Post.objects.filter(space=new, root=None).count() == 8


def test_an_article_that_is_published_while_its_community_is_merged_stands_where_its_post_does(cast):
    for n in range(ROUNDS):
        old, new = (space(f"{name}-{n}", owner=cast.owner, name=name) for name in ("old", "new"))
        Membership.objects.create(space=old, person=cast.alex)
        asked = make.question(cast.alex, old, f"Question {n}")
        answer = make.answer(cast.owner, asked, "So.")
        questions.accept(actor=cast.alex, question=asked, answer=answer)
        page = articles.promote(actor=cast.owner, answer=answer)
        articles.publish(actor=cast.owner, page=page)
        text = ArticleText(title=f"Title {n}", source="Changed.", keeper=cast.owner)
        page = articles.save(actor=cast.owner, page=page, text=text)
        published, merger = at_once(
            partial(articles.publish, actor=cast.owner, page=page),
            partial(merging.propose, actor=cast.owner, space=old, into=new),
        )
        assert isinstance(published, Post) or published.verdict.code == "archived"
        page.refresh_from_db()
        assert (merger.state, page.space, page.post.space) == ("done", new, new)
