"""Asking anonymously: the name is nowhere, the asker keeps all rights, and two people open it."""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client

from communities.asking import opening
from communities.asking.models import Sealed
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Post
from intranet.notify.models import Notification
from intranet.people.models import ApiToken
from intranet.posting import actions as posting
from intranet.search.searching import search
from tests.factories import threads as make


def allow(space):
    space.charter.anonymous_allowed = True
    space.charter.save()


@pytest.fixture
def asked(cast):
    """A question that Noa asked anonymously."""
    allow(cast.open)
    return make.question(cast.noa, cast.open, "May one say no to overtime?", anonymous=True)


def code_of(deed) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.verdict.code


def test_the_charter_decides(cast):
    assert code_of(lambda: make.question(cast.noa, cast.open, anonymous=True)) == "not_anonymous"
    assert Post.objects.count() == 0


def test_no_table_but_the_sealed_one_leads_to_the_asker(cast, asked):
    """Every row of every table that came with the question, its comment, its edit and its acceptance is searched."""
    catch_up_all()
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in apps.get_models()}
    again = make.question(cast.noa, cast.open, "And to nights?", anonymous=True, client_token="one")
    answered = make.answer(cast.alex, again)
    make.comment(cast.noa, again, "I mean in winter.")
    posting.edit(editor=cast.noa, post=again, source="In winter.", base_revision=1)
    questions.accept(actor=cast.noa, question=again, answer=answered)
    catch_up_all()
    found = []
    for model in apps.get_models():
        if model is Sealed:
            continue
        new = model.objects.exclude(pk__in=before[model])
        for row in json.loads(serializers.serialize("json", new)):
            if cast.noa.pk in [value for name, value in row["fields"].items() if name in people_of(model)]:
                found.append((model.__name__, row["fields"].get("event")))
    told = Notification.objects.filter(recipient=cast.noa).count()
    assert [name for name, _event in found] == ["Notification"] * told
    assert told == 1


def people_of(model) -> set[str]:
    """The names of the fields of `model` that lead to people."""
    return {
        field.name
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.model_name == "user"
    }


def test_pages_and_programs_show_nobody(cast, sign_in, asked):
    make.answer(cast.alex, asked)
    make.comment(cast.noa, asked, "Only in winter.")
    catch_up_all()
    token = ApiToken.issue(cast.alex, "test")
    program = Client(headers={"Authorization": f"Bearer {token}"})
    alex = sign_in(cast.alex)
    pages = [
        alex.get(path)
        for path in (f"/t/{asked.public_id}/", f"/c/{cast.open.slug}/", "/search/?q=overtime", "/people/noa/")
    ]
    pages += [
        program.get(f"/api/v1/threads/{asked.public_id}"),
        program.get(f"/api/v1/communities/{cast.open.slug}/threads"),
    ]
    assert [page.status_code for page in pages] == [200] * 6
    texts = [page.content.decode() for page in pages]
    assert ["Anonymous colleague" in text for text in texts[:2]] == [True, True]
    assert "Noa Tiltan" not in texts[0]
    assert "overtime" not in texts[3]
    assert [
        json.loads(text).get("author", {}).get("username", "anonymous-colleague") for text in texts[4:5]
    ] == ["anonymous-colleague"]
    assert all('"noa"' not in text for text in texts[4:])
    assert [entry.post_id for entry in search(cast.alex, "Noa Tiltan").items if entry.post_id] == []


def test_the_asker_keeps_every_right(cast, sign_in, asked):
    answered = make.answer(cast.alex, asked)
    noa = sign_in(cast.noa)
    page = noa.get(f"/t/{asked.public_id}/").content.decode()
    assert "/sealed/" in page
    assert f"/p/{asked.public_id}/edit/" in page
    assert f'name="vote" value="{asked.public_id}' not in page
    noa.post(f"/t/{asked.public_id}/deed/", {"accept": f"{answered.public_id}:1"})
    detail = QuestionDetail.objects.get(post=asked)
    assert (detail.accepted, detail.accepted_by.username) == (answered, "anonymous-colleague")
    assert code_of(lambda: posting.react(person=cast.noa, post=asked, value=1)) == "own_post"
    assert (
        code_of(lambda: posting.edit(editor=cast.alex, post=asked, source="x", base_revision=1))
        == "not_moderator"
    )
    noa.post(f"/p/{asked.public_id}/remove/")
    asked.refresh_from_db()
    assert asked.state == "deleted"
    assert set(Event.objects.filter(actor=cast.noa).values_list("verb", flat=True)) == set()


def test_the_asker_is_told_and_never_of_what_they_wrote(cast, asked):
    make.answer(cast.alex, asked)
    make.comment(cast.noa, asked, "Only in winter.")
    catch_up_all()
    told = Notification.objects.filter(recipient__in=[cast.noa, asked.author])
    assert [(row.recipient.username, row.event.verb, row.reason) for row in told] == [
        ("noa", "answered", "about")
    ]


def test_a_retry_is_one_question_and_the_day_has_an_end(cast, asked):
    first = questions.ask(author=cast.noa, space=cast.open, title="Two?", anonymous=True, client_token="t")
    again = questions.ask(author=cast.noa, space=cast.open, title="Two?", anonymous=True, client_token="t")
    assert (first.post, again.created) == (again.post, False)
    other = questions.ask(author=cast.hiba, space=cast.open, title="Two?", anonymous=True, client_token="t")
    assert other.created is True
    make.question(cast.noa, cast.open, "Three?", anonymous=True)
    assert code_of(lambda: make.question(cast.noa, cast.open, "Four?", anonymous=True)) == "quota"
    assert Post.objects.filter(title="Four?").count() == 0


def test_two_people_open_a_name_and_the_asker_is_told(cast, sign_in, asked):
    one, two = sign_in(cast.moderator), sign_in(cast.moderator2)
    assert sign_in(cast.alex).get(f"/t/{asked.public_id}/open-name/").status_code == 404
    address = f"/t/{asked.public_id}/open-name/"
    assert one.post(address, {"reason": ""}).status_code == 422
    request = one.post(address, {"reason": "A threat against a colleague"})["Location"]
    assert one.post(request, {"do": "agree"}).status_code == 409
    assert "Noa" not in one.get(request).content.decode()
    assert two.post(request, {"do": "agree"}).status_code == 302
    assert "Noa Tiltan" not in two.get(request).content.decode()
    assert "Noa Tiltan" in two.post(request, {"do": "read"}).content.decode()
    row = opening.requests_for(cast.moderator).get()
    assert opening.read_name(actor=cast.moderator, unsealing=row) == cast.noa
    assert opening.read_name(actor=cast.owner, unsealing=row) is None
    catch_up_all()
    assert [row.event.verb for row in Notification.objects.filter(recipient=cast.noa)] == ["seal_told"]
    kept = Event.objects.filter(post=asked, verb__startswith="seal_").order_by("pk")
    assert list(kept.values_list("verb", "actor__username", "about")) == [
        ("seal_opened", "moderator2", None),
        ("seal_read", "moderator2", None),
        ("seal_read", "moderator", None),
    ]
    mine = sign_in(cast.noa).get("/sealed/").content.decode()
    assert "A threat against a colleague" in mine


def test_a_kept_seal_stays_shut(cast, asked):
    row = opening.ask_to_open(actor=cast.moderator, question=asked, reason="Curious")
    opening.settle(actor=cast.moderator2, unsealing=row, agree=False)
    row.refresh_from_db()
    assert [opening.read_name(actor=each, unsealing=row) for each in (cast.moderator, cast.moderator2)] == [
        None,
        None,
    ]
    assert code_of(lambda: opening.settle(actor=cast.moderator2, unsealing=row, agree=True)) == "too_late"
