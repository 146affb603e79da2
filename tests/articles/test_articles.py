"""From an accepted answer to an article that somebody keeps true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from intranet.access.verdict import Refused
from intranet.activity.readers import catch_up_all
from intranet.search.searching import search
from kms.articles import actions
from kms.articles.actions import ArticleText
from kms.articles.models import ArticlePage
from tests.factories import threads as make


def code_of(deed) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.verdict.code


@pytest.fixture
def accepted(cast):
    """An answer of Alex that Noa accepted."""
    asked = make.question(cast.noa, cast.open, "Why does the encoder drift?")
    answer = make.answer(cast.alex, asked, "Zero it **warm**.")
    questions.accept(actor=cast.noa, question=asked, answer=answer)
    return answer


def test_an_accepted_answer_becomes_a_draft_and_then_an_article(cast, sign_in, accepted):
    noa, address = sign_in(cast.noa), f"/articles/from/{accepted.public_id}/"
    assert f'href="{address}"' in noa.get(f"/t/{accepted.root.public_id}/").content.decode()
    assert noa.get(address).status_code == 200
    room = noa.post(address)["Location"]
    page = ArticlePage.objects.get()
    assert (page.keeper, page.answer, page.live, page.badge) == (cast.noa, accepted, False, "draft")
    assert actions.promote(actor=cast.alex, answer=accepted) == page
    said = {
        "title": "Encoder drift",
        "source": "Zero it warm. Always.",
        "keeper": cast.alex.pk,
        "fallback": cast.noa.pk,
        "review_days": 90,
        "base": page.latest_revision_id,
        "do": "publish",
    }
    assert noa.post(room, said)["Location"] == f"/articles/{page.key}/"
    shown = sign_in(cast.hiba).get(f"/articles/{page.key}/").content.decode()
    assert ("Alex Dromi" in shown, accepted.public_id in shown, "Verified" in shown) == (True, True, True)
    assert QuestionDetail.objects.get(post=accepted.root).article.public_id == page.key
    assert (
        f"/articles/{page.key}/" in sign_in(cast.hiba).get(f"/t/{accepted.root.public_id}/").content.decode()
    )
    catch_up_all()
    assert "article" in [entry.type for entry in search(cast.hiba, "encoder drift").items]


def test_a_draft_is_for_those_who_write_it(cast, sign_in, accepted):
    page = actions.promote(actor=cast.noa, answer=accepted)
    seen = {
        name: sign_in(cast.people[name]).get(f"/articles/{page.key}/").status_code
        for name in ("noa", "hiba", "guest", "owner")
    }
    assert seen == {"noa": 200, "hiba": 404, "guest": 404, "owner": 200}
    assert "encoder" not in sign_in(cast.hiba).get("/articles/").content.decode()


def test_only_an_accepted_answer_and_only_a_member(cast):
    asked = make.question(cast.noa, cast.open)
    answer = make.answer(cast.alex, asked)
    assert code_of(lambda: actions.promote(actor=cast.noa, answer=answer)) == "not_accepted"
    questions.accept(actor=cast.noa, question=asked, answer=answer)
    assert code_of(lambda: actions.promote(actor=cast.outsider, answer=answer)) == "not_writer"


def test_a_secret_article_stays_inside(cast, sign_in):
    asked = make.question(cast.owner, cast.secret, "Zanzibar?")
    answer = make.answer(cast.owner, asked)
    questions.accept(actor=cast.owner, question=asked, answer=answer)
    page = actions.promote(actor=cast.owner, answer=answer)
    actions.publish(actor=cast.owner, page=page)
    outsider = sign_in(cast.outsider)
    assert outsider.get(f"/articles/{page.key}/").status_code == 404
    assert "Zanzibar" not in outsider.get("/articles/").content.decode()


def test_what_was_saved_meanwhile_is_not_overwritten(cast, accepted):
    page = actions.promote(actor=cast.noa, answer=accepted)
    text = ArticleText("Mine", "Mine.", cast.noa, base=page.latest_revision_id)
    actions.save(actor=cast.noa, page=page, text=text)
    assert code_of(lambda: actions.save(actor=cast.owner, page=page, text=text)) == "old_version"


def test_it_grows_stale_until_somebody_looks(cast, sign_in, accepted):
    page = actions.promote(actor=cast.noa, answer=accepted)
    actions.publish(actor=cast.noa, page=page, at=timezone.now() - timedelta(days=200))
    page.refresh_from_db()
    assert page.badge == "stale"
    assert "Why does the encoder drift?" in sign_in(cast.hiba).get("/articles/?show=stale").content.decode()
    assert sign_in(cast.hiba).post(f"/articles/{page.key}/verify/").status_code == 403
    assert sign_in(cast.noa).post(f"/articles/{page.key}/verify/").status_code == 302
    page.refresh_from_db()
    assert page.badge == "verified"


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_for_one_and_for_three(
    cast, sign_in, accepted, django_assert_max_num_queries, more
):
    for n in range(more):
        asked = make.question(cast.noa, cast.open, f"Why number {n}?")
        answer = make.answer(cast.alex, asked)
        questions.accept(actor=cast.noa, question=asked, answer=answer)
        actions.publish(actor=cast.noa, page=actions.promote(actor=cast.noa, answer=answer))
    actions.publish(actor=cast.noa, page=actions.promote(actor=cast.noa, answer=accepted))
    hiba = sign_in(cast.hiba)
    hiba.get("/articles/")
    with django_assert_max_num_queries(16):
        hiba.get("/articles/")
