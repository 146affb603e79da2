"""An article that is kept true: what readers say reaches its owner, its review is called for, and everybody sees how it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.questions import actions as questions
from intranet.activity.readers import catch_up_all
from intranet.notify.models import Notification
from intranet.search.models import SearchEntry
from kms.articles import actions
from kms.articles.actions import ArticleText
from kms.articles.keeping import call
from kms.articles.models import ArticlePage
from kms.articles.remarks import remark
from tests.factories import threads as make


def told(verb: str) -> list[str]:
    catch_up_all()
    rows = Notification.objects.filter(event__verb=verb).order_by("pk")
    return list(rows.values_list("recipient__username", flat=True))


def overdue(article: ArticlePage, days: int) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(review_due=timezone.now() - timedelta(days=days))


@pytest.fixture
def article(cast) -> ArticlePage:
    """An article of Noa in the open community, kept by Alex, with the owner of the place to fall back on."""
    asked = make.question(cast.noa, cast.open, "Why does the encoder drift?")
    answer = make.answer(cast.alex, asked, "Zero it **warm**.")
    questions.accept(actor=cast.noa, question=asked, answer=answer)
    begun = actions.promote(actor=cast.noa, answer=answer)
    text = ArticleText("Encoder drift", "Zero it warm.", keeper=cast.alex, fallback=cast.owner)
    actions.publish(actor=cast.noa, page=actions.save(actor=cast.noa, page=begun, text=text))
    return ArticlePage.objects.get(pk=begun.pk)


def test_a_comment_reaches_who_keeps_the_article(cast, article, sign_in):
    said = {"source": "Which encoder?", "client_token": "token-0001"}
    hiba = sign_in(cast.hiba)
    assert hiba.post(f"/articles/{article.key}/remark/", said).status_code == 302
    assert hiba.post(f"/articles/{article.key}/remark/", said).status_code == 302
    shown = sign_in(cast.outsider).get(f"/articles/{article.key}/").content.decode()
    assert shown.count("Which encoder?") == 1
    assert told("article_remarked") == ["alex"]
    article.refresh_from_db()
    assert article.badge == "verified"


def test_a_doubt_is_seen_everywhere_until_somebody_looked(cast, article, sign_in):
    said = {"source": "Since revision C it is zeroed cold.", "doubts": "on", "client_token": "token-0002"}
    sign_in(cast.hiba).post(f"/articles/{article.key}/remark/", said)
    assert told("article_doubted") == ["alex"]
    reader = sign_in(cast.outsider)
    shown = reader.get(f"/articles/{article.key}/").content.decode()
    assert "1 reader says that something here is no longer true" in shown
    assert "Doubted by readers" in reader.get("/articles/").content.decode()
    assert "Doubted by readers" in reader.get("/articles/?show=stale").content.decode()
    assert "Doubted by readers" in reader.get("/search/?q=encoder").content.decode()
    assert "1 reader doubts that it is still true" in sign_in(cast.alex).get("/").content.decode()
    actions.verify(actor=cast.alex, page=article)
    article.refresh_from_db()
    assert (article.badge, article.open_doubts) == ("verified", 0)
    assert "Doubted it; looked at since" in reader.get(f"/articles/{article.key}/").content.decode()
    assert "Doubted by readers" not in reader.get("/search/?q=encoder").content.decode()


def test_publishing_again_settles_a_doubt_and_keeps_what_the_page_knows(cast, article):
    remark(author=cast.hiba, page=article, source="Not any more.", doubts=True)
    text = ArticleText("Encoder drift", "Zero it cold.", keeper=cast.alex)
    actions.publish(actor=cast.alex, page=actions.save(actor=cast.alex, page=article, text=text))
    article.refresh_from_db()
    assert (article.open_doubts, article.doubts.filter(settled_at=None).exists()) == (0, False)


def test_who_does_not_see_the_article_says_nothing_on_it(cast, article, sign_in):
    assert sign_in(cast.guest).post(f"/articles/{article.key}/remark/", {"source": "x"}).status_code == 404


def test_a_due_review_goes_to_the_owner_then_the_fallback_then_the_knowledge_managers_once_each(
    cast, article, sign_in
):
    assert call() == 0
    overdue(article, 0)
    assert (call(), call(), told("article_due")) == (1, 0, ["alex"])
    assert "Its review is due: is it still true?" in sign_in(cast.alex).get("/").content.decode()
    assert "Its review is due" not in sign_in(cast.owner).get("/").content.decode()
    ArticlePage.objects.filter(pk=article.pk).update(review_due=article.review_due)
    actions.verify(actor=cast.alex, page=article)
    overdue(article, 8)
    assert (call(), told("article_overdue")) == (2, ["owner"])
    assert "Its review is due" in sign_in(cast.owner).get("/").content.decode()
    overdue(article, 22)
    assert call() == 3
    assert set(told("article_overdue")) == {"owner", "km"}


def test_with_its_owner_gone_the_review_goes_to_the_fallback_at_once(cast, article):
    cast.alex.is_active = False
    cast.alex.save()
    overdue(article, 0)
    call()
    assert told("article_due") == ["owner"]


def test_an_overdue_article_says_so_on_the_page_in_lists_in_search_and_on_the_home_page(
    cast, article, sign_in
):
    catch_up_all()
    assert SearchEntry.objects.filter(type="article").count() == 1
    reader = sign_in(cast.hiba)
    places = (f"/articles/{article.key}/", "/articles/", "/search/?q=encoder")
    assert ["Review overdue" in reader.get(place).content.decode() for place in places] == [False] * 3
    overdue(article, 3)
    assert ["Review overdue" in reader.get(place).content.decode() for place in places] == [True] * 3


def test_the_article_lists_the_questions_that_lead_to_it_to_those_who_see_them(cast, article, sign_in):
    link = f"See [the article](/articles/{article.key}/)."
    asked = make.question(cast.hiba, cast.open, "Drift after service?")
    make.answer(cast.alex, asked, link)
    hidden = make.question(cast.noa, cast.secret, "Drift in the merger?", source=link)
    unrelated = make.question(cast.hiba, cast.open, "Which grease?")
    catch_up_all()
    seen = sign_in(cast.outsider).get(f"/articles/{article.key}/").content.decode()
    assert asked.title in seen and seen.count(article.answer.root.title) == 1
    assert hidden.title not in seen and unrelated.title not in seen
    assert hidden.title in sign_in(cast.noa).get(f"/articles/{article.key}/").content.decode()


def test_a_lock_on_the_article_stops_what_is_said_below_it(cast, article, sign_in):
    make.lock(cast.moderator, article.post, "replies")
    said = {"source": "Too late.", "client_token": "token-0003"}
    assert sign_in(cast.hiba).post(f"/articles/{article.key}/remark/", said).status_code == 403
    assert "Too late." not in sign_in(cast.alex).get(f"/articles/{article.key}/").content.decode()
