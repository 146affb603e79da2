"""The frame: where one is, errors that say nothing they should not, the language of strangers."""

import re

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from communities.questions.actions import ask
from intranet.ui import drafts
from intranet.ui.frame import Frame, Place, provides
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db


def test_the_most_particular_place_is_the_current_one():
    community = Place("Actuators", "/c/actuators/", roots=("/c/actuators/",))
    frame = Frame(None, "/c/actuators/ask/")
    frame.__dict__ |= {"communities": [community], "desks": []}
    frame.__dict__["policies_due"] = 0
    assert frame.here == "/c/actuators/"


def test_a_thread_lies_in_its_community(client):
    cast = make_cast()
    question = ask(author=cast.alex, space=cast.open, title="Which limit?", source="On rig B.").post
    client.force_login(cast.alex)
    page = client.get(question.get_absolute_url()).content.decode()
    assert '<a href="/c/open-talk/" aria-current="page">' in page


def test_a_page_outside_all_places_marks_none():
    frame = Frame(None, "/inbox/")
    frame.__dict__ |= {"communities": [], "desks": [], "policies_due": 0}
    assert frame.here == ""


def test_the_frame_knows_its_fields():
    with pytest.raises(ValueError, match="nonsense"):
        provides("nonsense")


def test_an_address_that_is_not_there_is_a_page_of_ours(client):
    client.force_login(make_cast().alex)
    answer = client.get("/no/such/page/")
    assert (answer.status_code, "Nothing here" in answer.content.decode()) == (404, True)


def test_strangers_may_switch_the_language(client):
    client.post("/ui/language/", {"language": "he", "next": "/accounts/login/"})
    assert '<html lang="he" dir="rtl">' in client.get("/accounts/login/").content.decode()


def test_an_unknown_language_changes_nothing(client):
    cast = make_cast()
    client.force_login(cast.alex)
    client.post("/ui/language/", {"language": "xx", "next": "/"})
    cast.alex.refresh_from_db()
    assert cast.alex.language == "en"


def test_the_switch_never_leads_to_another_site(client):
    answer = client.post("/ui/language/", {"language": "he", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_the_next_page_tells_the_browser_that_a_draft_has_arrived():
    sent = [Message(drafts.DRAFT_DONE, "reply:abc"), Message(SUCCESS, "Sent")]
    page = render_to_string("ui/messages.html", {"messages": sent})
    assert '<span hidden data-draft-done="reply:abc"></span>' in page
    assert page.count("data-toast>") == 1


def test_a_form_that_was_open_too_long_is_told_so():
    answer = Client(enforce_csrf_checks=True).post("/ui/language/", {"language": "he"})
    assert (answer.status_code, "this form was open for too long" in answer.content.decode()) == (403, True)


def test_a_fault_of_ours_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = server_error(RequestFactory().get("/"))
    page = answer.content.decode()
    assert (answer.status_code, "Something broke on our side" in page, "משהו נשבר אצלנו" in page) == (
        500,
        True,
        True,
    )


def test_what_one_may_not_see_and_what_is_not_there_look_the_same(client):
    cast = make_cast()
    question = ask(author=cast.alex, space=cast.secret, title="The merger", source="Soon.").post
    client.force_login(cast.outsider)
    pages = [client.get(f"/t/{public_id}/") for public_id in (question.public_id, "nothing-here")]
    texts = [
        page.content.decode().replace(public_id, "…")
        for page, public_id in zip(pages, (question.public_id, "nothing-here"), strict=True)
    ]
    without_tokens = [re.sub(r'(value|nonce)="[^"]{20,}"', "", text) for text in texts]
    assert [page.status_code for page in pages] == [404, 404]
    assert without_tokens[0] == without_tokens[1]
