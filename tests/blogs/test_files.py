"""Pictures and files in blog posts and in comments under them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from blogs.actions import EntryText, publish, save_draft
from blogs.roots import open_blog
from intranet.attachments.actions import upload
from intranet.attachments.tasks import sweep_orphans
from intranet.content.files import Attachment
from intranet.content.models import Draft, Post
from intranet.content.public_ids import new_public_id
from intranet.moderation import locks
from intranet.posting import actions as posting
from intranet.posting.verbs import COMMENTED
from tests.attachments.conftest import picture, sent
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast

FIELDS = {"title": "Cold starts", "tags": "", "draft_version": "0", "comments_open": "on"}


@pytest.fixture
def cast(db: None, settings, tmp_path) -> Cast:
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    return make_cast()


@pytest.fixture
def draft(cast):
    """A draft of Noa's that shows a picture."""
    blog = open_blog(owner=cast.noa)
    file = upload(owner=cast.noa, file=sent(picture()), name="rig.png", space=blog.space)
    text = EntryText(title="Cold starts", source=f"Look: {file.markdown}")
    return save_draft(author=cast.noa, blog=blog, key=new_public_id(), text=text, version=0)


@pytest.fixture
def entry(cast, draft) -> Post:
    """The same, published."""
    return publish(author=cast.noa, page=draft)


def status_for(client, person, address: str) -> int:
    client.force_login(person)
    return client.get(address).status_code


def _typed(cast, client) -> dict[str, object]:
    """Alex signs in and types a post."""
    client.force_login(cast.alex)
    return FIELDS | {
        "blog": open_blog(owner=cast.alex).pk,
        "key": new_public_id(),
        "source": "Look.",
        "step": "publish",
    }


def test_a_picture_of_a_draft_is_its_writers_alone_and_of_a_post_its_readers(cast, draft, client):
    address = Attachment.objects.get().get_absolute_url()
    client.force_login(cast.noa)
    assert address in client.get(f"/blogs/p/{draft.key}/preview/").content.decode()
    assert [status_for(client, each, address) for each in (cast.noa, cast.alex)] == [200, 404]
    post = publish(author=cast.noa, page=draft)
    assert Attachment.objects.get().post == post
    assert f'src="{address}small/"' in post.html
    assert [status_for(client, each, address) for each in (cast.alex, cast.guest)] == [200, 404]


def test_a_picture_stays_when_the_post_is_changed(cast, entry):
    page = entry.blog_post_page
    text = EntryText(title="Cold starts", source=f"{page.source} Twice.")
    page = save_draft(author=cast.noa, blog=page.blog, key=page.key, text=text, version=page.draft_version)
    assert "/attachments/" in publish(author=cast.noa, page=page).html


def test_a_file_that_only_a_draft_names_is_kept_and_another_is_forgotten(cast, draft):
    upload(owner=cast.noa, file=sent(picture()), name="unused.png", space=draft.blog.space)
    Attachment.objects.update(created=timezone.now() - timedelta(days=60))
    sweep_orphans.func()
    assert list(Attachment.objects.values_list("name", flat=True)) == ["rig.png"]


def test_without_scripts_files_go_with_the_form_of_a_post(cast, client):
    said = _typed(cast, client) | {"files": sent(picture())}
    page = client.post("/blogs/write/", said, follow=True)
    assert "/small/" in page.content.decode()
    assert Attachment.objects.get().post.title == "Cold starts"


def test_a_file_that_is_not_taken_keeps_the_text_and_the_draft(cast, client):
    said = _typed(cast, client) | {"files": sent(b"MZ", "a.exe")}
    answer = client.post("/blogs/write/", said)
    assert (answer.status_code, Post.objects.count()) == (422, 0)
    assert "Programs and scripts are not taken" in answer.content.decode()
    assert ">Look.</textarea>" in answer.content.decode().replace("\n", "")


def test_a_second_writer_of_a_blog_adds_files_too(cast):
    blog = open_blog(owner=cast.noa)
    join(blog.space, cast.alex)
    file = upload(owner=cast.alex, file=sent(picture()), name="rig.png", space=blog.space)
    text = EntryText(title="Ours", source=file.markdown)
    page = save_draft(author=cast.alex, blog=blog, key=new_public_id(), text=text, version=0)
    assert "/small/" in publish(author=cast.alex, page=page).html


def test_files_go_with_a_comment_and_a_refused_comment_is_kept(cast, entry, client):
    client.force_login(cast.alex)
    address = f"/blogs/p/{entry.public_id}/"
    said = {"source": "Here too.", "client_token": "comment-0000000001", "files": sent(picture(), "mine.png")}
    shown = client.post(address, said, follow=True).content.decode()
    assert Attachment.objects.get(name="mine.png").post.kind == "comment"
    assert shown.count("/small/") == 2
    locks.lock(actor=cast.moderator, post=entry, clause=make.clause(), scope="replies")
    refused = client.post(address, {"source": "Again.", "client_token": "comment-0000000002"})
    assert (refused.status_code, "Again." in refused.content.decode()) == (423, True)
    assert Draft.objects.get(person=cast.alex).body["source"] == "Again."


def test_comments_that_came_since_i_was_here_are_marked(cast, entry, client):
    def comment(author, words):
        posting.reply(author=author, parent=entry, kind="comment", source=words, verb=COMMENTED)

    comment(cast.hiba, "Early.")
    client.force_login(cast.alex)
    assert "since you were here" not in client.get(f"/blogs/p/{entry.public_id}/").content.decode()
    client.post(f"/inbox/read/{entry.public_id}/", {"number": "1"})
    for author, words in ((cast.alex, "Mine."), (cast.hiba, "Later.")):
        comment(author, words)
    page = client.get(f"/blogs/p/{entry.public_id}/").content.decode()
    assert "1 new since you were here" in page
    assert page.index("Mine.") < page.index('class="since"') < page.index("Later.")


def test_a_picture_that_one_writer_adds_to_a_change_goes_out_when_another_publishes_it(cast, entry, client):
    page = entry.blog_post_page
    join(page.room, cast.alex)
    cast.alex.__dict__.pop("space_roles", None)
    file = upload(owner=cast.alex, file=sent(picture()), name="hers.png", space=page.room)
    other = upload(owner=cast.hiba, file=sent(picture()), name="secret.png", space=cast.open)
    source = f"{page.source} {file.markdown} {other.markdown}"
    text = EntryText(title="Cold starts", source=source)
    page = save_draft(author=cast.alex, blog=page.blog, key=page.key, text=text, version=page.draft_version)
    addresses = [each.get_absolute_url() for each in (file, other)]
    assert [status_for(client, cast.noa, each) for each in addresses] == [200, 404]
    assert [status_for(client, each, addresses[0]) for each in (cast.hiba, cast.guest)] == [404, 404]
    client.force_login(cast.noa)
    shown = client.get(f"/blogs/p/{page.key}/preview/").content.decode()
    assert (f'src="{addresses[0]}small/"' in shown, addresses[1] in shown) == (True, False)
    text = EntryText(title="Cold starts", source=f"{source} And mine.")
    page = save_draft(author=cast.noa, blog=page.blog, key=page.key, text=text, version=page.draft_version)
    post = publish(author=cast.noa, page=page)
    assert (f'src="{addresses[0]}small/"' in post.html, addresses[1] in post.html) == (True, False)
    assert set(post.attachments.values_list("name", flat=True)) == {"rig.png", "hers.png"}
    assert status_for(client, cast.hiba, addresses[0]) == 200
