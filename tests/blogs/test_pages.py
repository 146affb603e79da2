"""Writing and reading blogs in the site itself."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blogs.actions import EntryText, publish, save_draft
from blogs.models import BlogPostPage
from blogs.roots import open_blog
from intranet.access.deeds import Deed
from intranet.activity.models import Event
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.moderation import gate, locks
from tests.factories.cast import Cast, make_cast
from tests.factories.clauses import clause_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def as_(client, person):
    client.force_login(person)
    return client


def published(author, title="Forty gearboxes", source="The seals were fine.", **more) -> Post:
    text = EntryText(title=title, source=source, **more)
    blog = open_blog(owner=author)
    page = save_draft(author=author, blog=blog, key=new_public_id(), text=text, version=0)
    return publish(author=author, page=page)


def opened_form(client, address="/blogs/write/") -> dict[str, str]:
    """The fields that the page would send back, with no text."""
    html = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(key|draft_version|blog)" value="([^"]*)"', html))
    return {"title": "", "source": "", "tags": "", "comments_open": "on", "step": "publish", **hidden}


def test_from_an_empty_page_to_a_published_post(cast, client):
    said = opened_form(as_(client, cast.noa)) | {
        "title": "Forty gearboxes",
        "source": "The **seals** were fine.",
    }
    answer = client.post("/blogs/write/", said)
    post = Post.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/blogs/p/{post.public_id}/")
    text = as_(client, cast.outsider).get(answer.url).content.decode()
    assert ("Forty gearboxes" in text, "<strong>seals</strong>" in text) == (True, True)


def test_sending_twice_publishes_once(cast, client):
    said = opened_form(as_(client, cast.noa)) | {"title": "Once", "source": "Only."}
    assert [client.post("/blogs/write/", said).status_code for _press in range(2)] == [302, 302]
    assert (Post.objects.count(), Event.objects.filter(verb="published").count()) == (1, 1)


def test_typing_is_saved_and_found_again(cast, client):
    said = opened_form(as_(client, cast.noa))
    address = f"/blogs/drafts/{said['key']}/"
    body = {"title": "Half a tit", "source": "Half a sentence", "tags": "AX-60"}
    first = client.put(address, json.dumps({"version": 0, "body": body}), "application/json")
    second = client.put(
        address, json.dumps({"version": 1, "body": body | {"title": "Half a title"}}), "application/json"
    )
    assert (first.json(), second.json()) == ({"version": 1}, {"version": 2})
    assert "Half a title" in client.get("/blogs/drafts/").content.decode()
    text = client.get(f"/blogs/p/{said['key']}/edit/").content.decode()
    assert ('value="Half a title"' in text, "Half a sentence" in text, "AX-60" in text) == (True, True, True)


def test_a_second_tab_gets_both_texts(cast, client):
    said = opened_form(as_(client, cast.noa))
    address = f"/blogs/drafts/{said['key']}/"
    client.put(address, json.dumps({"version": 0, "body": {"source": "first tab"}}), "application/json")
    late = client.put(
        address, json.dumps({"version": 0, "body": {"source": "second tab"}}), "application/json"
    )
    assert (late.status_code, late.json()["version"], late.json()["body"]["source"]) == (409, 1, "first tab")
    page = client.post("/blogs/write/", said | {"title": "T", "source": "second tab"})
    text = page.content.decode()
    assert (page.status_code, "first tab" in text, "second tab" in text) == (409, True, True)
    version = re.search(r'name="draft_version" value="(\d+)"', text)[1]
    assert (
        client.post(
            "/blogs/write/", said | {"title": "T", "source": "second tab", "draft_version": version}
        ).status_code
        == 302
    )
    assert Post.objects.get().source == "second tab"


@pytest.mark.parametrize("sent", ["", "[]", '{"body": 3}', '{"version": "x", "body": {}}'])
def test_an_autosave_that_is_none_is_refused_in_a_sentence(cast, client, sent):
    as_(client, cast.noa)
    opened_form(client)
    answer = client.put("/blogs/drafts/abcdefghjkmnp/", sent, "application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")
    assert BlogPostPage.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ({"title": "", "source": "No title"}, "Give it a title."),
        ({"title": "No text", "source": ""}, "Write something first."),
        ({"title": "Long", "source": "typed " * 4000}, "This is too long"),
        ({"title": "t" * 201, "source": "typed"}, "The title can have up to 200 characters."),
    ],
)
def test_a_refusal_keeps_the_text_on_the_page(cast, client, text, sentence):
    said = opened_form(as_(client, cast.alex)) | text
    answer = client.post("/blogs/write/", said)
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True)
    assert text["title"] in html and text["source"][:200] in html
    assert Post.objects.count() == 0


def test_a_character_that_cannot_be_stored_is_refused(cast, client):
    said = opened_form(as_(client, cast.noa)) | {"title": "NUL", "source": "kept\0text"}
    assert client.post("/blogs/write/", said).status_code in (403, 422)
    assert (Post.objects.count(), BlogPostPage.objects.count()) == (0, 0)


def test_the_preview_is_what_readers_get_and_nobody_elses(cast, client):
    said = opened_form(as_(client, cast.noa)) | {
        "title": "Seals",
        "source": "# Twelve\n\nText.",
        "step": "preview",
    }
    answer = client.post("/blogs/write/", said)
    assert '<h2 dir="auto">Twelve</h2>' in client.get(answer.url).content.decode()
    assert as_(client, cast.alex).get(answer.url).status_code == 404
    assert client.get(f"/blogs/p/{said['key']}/edit/").status_code == 404
    assert client.get(f"/blogs/p/{said['key']}/").status_code == 404
    assert Post.objects.count() == 0


def test_a_locked_post_refuses_every_way_of_changing_it_and_keeps_the_draft(cast, client):
    post = published(cast.noa)
    locks.lock(actor=cast.moderator, post=post, clause=clause_version(), scope="edits")
    address = f"/blogs/p/{post.public_id}/edit/"
    said = opened_form(as_(client, cast.noa), address) | {"title": "Changed", "source": "Behind the lock"}
    answer = client.post(address, said)
    assert (answer.status_code, "Behind the lock" in answer.content.decode()) == (423, True)
    assert Post.objects.get().source == "The seals were fine."
    assert "Behind the lock" in client.get(address).content.decode()
    assert "Write as you would speak." in client.get(f"/blogs/p/{post.public_id}/").content.decode()


def test_the_moderators_words_reach_the_author_alone(cast, client):
    post = published(cast.alex)
    locks.lock(actor=cast.moderator, post=post, clause=clause_version(), note="The price can wait.")
    address = f"/blogs/p/{post.public_id}/"
    shown = {
        person.username: "The price can wait." in as_(client, person).get(address).content.decode()
        for person in (cast.alex, cast.hiba, cast.moderator)
    }
    assert shown == {"alex": True, "hiba": False, "moderator": False}


# What each scope stops: comments, thanks, edits.
STOPS = {
    "replies": {"comment"},
    "edits": {"edit"},
    "votes": {"thanks"},
    "attachments": set(),
    "all": {"comment", "edit", "thanks"},
}


@pytest.mark.parametrize("scope", STOPS)
def test_each_scope_stops_what_it_says(cast, client, scope):
    post = published(cast.noa)
    locks.lock(actor=cast.moderator, post=post, clause=clause_version(), scope=scope)
    address = f"/blogs/p/{post.public_id}/"
    as_(client, cast.alex)
    comment = client.post(address, {"source": "My comment", "client_token": "token-number-1"})
    client.post(address + "thank/", {"value": "1"})
    said = opened_form(as_(client, cast.noa), address + "edit/") | {"title": "Changed", "source": "New"}
    edit = client.post(address + "edit/", said)
    post.refresh_from_db()
    stopped = {
        "comment": not Post.objects.filter(root=post).exists(),
        "thanks": not post.reactions.exists(),
        "edit": post.source != "New",
    }
    assert {what for what, held in stopped.items() if held} == STOPS[scope]
    assert [comment.status_code, edit.status_code] == [
        423 if what in STOPS[scope] else 302 for what in ("comment", "edit")
    ]
    assert "My comment" in comment.content.decode() or comment.status_code == 302


def test_closed_comments_are_closed_on_every_path(cast, client):
    post = published(cast.noa, comments_open=False)
    text = as_(client, cast.alex).get(f"/blogs/p/{post.public_id}/").content.decode()
    assert "The writer closed the comments" in text
    answer = client.post(f"/blogs/p/{post.public_id}/", {"source": "Still", "client_token": "token-number-1"})
    assert (answer.status_code, "Still" in answer.content.decode()) == (403, True)
    assert Post.objects.count() == 1


def test_the_same_comment_sent_twice_is_one(cast, client):
    post = published(cast.noa)
    as_(client, cast.alex)
    for _press in range(2):
        client.post(f"/blogs/p/{post.public_id}/", {"source": "Twice?", "client_token": "token-number-1"})
    assert list(Post.objects.filter(root=post).values_list("text", "kind")) == [("Twice?", "comment")]
    assert Event.objects.filter(verb="commented").count() == 1


def test_a_hidden_comment_keeps_its_place_and_not_its_words(cast, client):
    post = published(cast.noa)
    as_(client, cast.alex).post(
        f"/blogs/p/{post.public_id}/", {"source": "Rude", "client_token": "token-number-1"}
    )
    with gate.permit(cast.moderator, Deed.DECIDE, post=post):
        Post.objects.filter(root=post).update(state=PostState.HIDDEN)
    text = as_(client, cast.hiba).get(f"/blogs/p/{post.public_id}/").content.decode()
    assert ("Rude" in text, "no longer shown" in text) == (False, True)


def test_guests_write_no_blogs_and_read_none(cast, client):
    post = published(cast.noa)
    as_(client, cast.guest)
    assert client.get("/blogs/write/").status_code == 403
    assert client.get(f"/blogs/p/{post.public_id}/").status_code == 404
    assert client.get("/blogs/noa/").status_code == 404
    assert "Forty gearboxes" not in client.get("/blogs/").content.decode()


def test_nobody_else_edits_or_discards_my_post(cast, client):
    post = published(cast.noa)
    for person in (cast.alex, cast.moderator, cast.admin):
        as_(client, person)
        assert client.get(f"/blogs/p/{post.public_id}/edit/").status_code == 404
        assert client.post(f"/blogs/p/{post.public_id}/edit/", {"source": "x"}).status_code == 404
        assert client.post(f"/blogs/p/{post.public_id}/discard/").status_code == 404


def test_a_draft_is_thrown_away_and_changes_are_taken_back(cast, client):
    said = opened_form(as_(client, cast.noa)) | {"title": "Gone soon", "source": "text", "step": "save"}
    client.post("/blogs/write/", said)
    client.post(f"/blogs/p/{said['key']}/discard/")
    assert BlogPostPage.objects.count() == 0
    post = published(cast.noa)
    address = f"/blogs/p/{post.public_id}/"
    client.post(
        address + "edit/",
        opened_form(client, address + "edit/") | {"title": "No", "source": "No", "step": "save"},
    )
    client.post(address + "discard/")
    assert "The seals were fine." in client.get(address + "edit/").content.decode()
    assert "Nothing" not in client.get("/blogs/drafts/").content.decode()
    assert Post.objects.get().source == "The seals were fine."


def test_pages_in_hebrew(cast, client):
    post = published(cast.alex)
    text = as_(client, cast.noa).get(f"/blogs/p/{post.public_id}/").content.decode()
    assert '<html lang="he" dir="rtl">' in text


@pytest.mark.parametrize("address", ["/blogs/", "/blogs/noa/", "post", "/blogs/drafts/"])
def test_queries_do_not_grow_with_items(cast, client, address):
    post = published(cast.noa)
    counts = []
    for number in range(3):
        page = as_(client, cast.noa) and (f"/blogs/p/{post.public_id}/" if address == "post" else address)
        client.get(page)
        with CaptureQueriesContext(connection) as caught:
            client.get(page)
        counts.append(len(caught))
        published(cast.noa, title=f"Post {number}", tags=(f"topic {number}",))
        as_(client, cast.alex).post(
            f"/blogs/p/{post.public_id}/",
            {"source": f"Comment {number}", "client_token": f"token-number-{number}"},
        )
        save_draft(
            author=cast.noa,
            blog=open_blog(owner=cast.noa),
            key=new_public_id(),
            text=EntryText(title=f"Draft {number}"),
            version=0,
        )
    assert counts[1] == counts[2] <= 30
