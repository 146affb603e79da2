"""Writing a blog post: a draft that is never lost, a post that is published once."""

import pytest

from blogs.actions import DraftConflict, EntryText, latest, publish, save_draft
from blogs.models import BlogPostPage
from blogs.roots import open_blog
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.models import Post, Revision
from intranet.content.public_ids import new_public_id
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

FIRST = EntryText(title="Forty gearboxes", source="# Station 12\n\nThe seals were fine.", tags=("AX-60",))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def draft(author, text=FIRST, *, key=None, version=0) -> BlogPostPage:
    blog = open_blog(owner=author)
    return save_draft(author=author, blog=blog, key=key or new_public_id(), text=text, version=version)


def test_a_draft_is_seen_by_nobody_and_leaves_no_event(cast):
    draft(cast.noa)
    assert (Post.objects.count(), Event.objects.count()) == (0, 0)


def test_publishing_makes_the_post_under_the_drafts_own_id(cast):
    page = draft(cast.noa)
    post = publish(author=cast.noa, page=page)
    assert (post.public_id, post.kind, post.title, post.author, post.space.slug) == (
        page.key,
        "blog_post",
        "Forty gearboxes",
        cast.noa,
        "noa",
    )
    assert '<h2 dir="auto">Station 12</h2>' in post.html
    assert [tag.name for tag in post.tags.all()] == ["AX-60"]
    assert list(Event.objects.values_list("verb", "post__title")) == [("published", "Forty gearboxes")]


def test_publishing_twice_is_publishing_once(cast):
    page = draft(cast.noa)
    assert publish(author=cast.noa, page=page) == publish(author=cast.noa, page=page)
    assert Event.objects.filter(verb="published").count() == 1


def test_an_edit_waits_as_a_draft_until_it_is_published_and_keeps_what_was_said(cast):
    page = draft(cast.noa)
    publish(author=cast.noa, page=page)
    changed = EntryText(title="Forty gearboxes", source="The housings were not.", tags=("AX-60", "torque"))
    page = save_draft(author=cast.noa, blog=page.blog, key=page.key, text=changed, version=1)
    assert Post.objects.get().source == FIRST.source
    publish(author=cast.noa, page=page)
    post = Post.objects.get()
    assert (post.source, post.revision, post.created < post.edited) == ("The housings were not.", 2, True)
    assert list(Revision.objects.values_list("number", "source")) == [(1, FIRST.source)]
    assert sorted(post.tags.values_list("name", flat=True)) == ["AX-60", "torque"]
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == ["published", "edited"]


def test_autosave_replaces_its_own_revision_and_counts_versions(cast):
    page = draft(cast.noa)
    for version in (1, 2):
        text = EntryText(title="Forty gearboxes", source=f"Text {version}")
        page = save_draft(author=cast.noa, blog=page.blog, key=page.key, text=text, version=version)
    assert (page.draft_version, page.revisions.count(), latest(page).source) == (3, 1, "Text 2")


def test_two_tabs_never_overwrite_each_other(cast):
    page = draft(cast.noa)
    mine = EntryText(title="Forty gearboxes", source="From the first tab")
    save_draft(author=cast.noa, blog=page.blog, key=page.key, text=mine, version=1)
    with pytest.raises(DraftConflict) as conflict:
        save_draft(
            author=cast.noa,
            blog=page.blog,
            key=page.key,
            text=EntryText(title="Forty gearboxes", source="From the second tab"),
            version=1,
        )
    assert conflict.value.current.source == "From the first tab"


def test_a_draft_of_another_person_does_not_exist_for_me(cast):
    page = draft(cast.noa)
    with pytest.raises(Refused) as refused:
        draft(cast.alex, key=page.key, version=1)
    assert refused.value.verdict.code == "not_found"
    with pytest.raises(Refused) as refused:
        publish(author=cast.alex, page=page)
    assert refused.value.verdict.code == "not_found"
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (EntryText(title="", source="No title yet"), "no_title"),
        (EntryText(title="No text yet", source=" \n"), "empty"),
    ],
)
def test_what_is_not_finished_stays_a_draft(cast, text, code):
    page = draft(cast.noa, text)
    with pytest.raises(Refused) as refused:
        publish(author=cast.noa, page=page)
    assert refused.value.verdict.code == code
    assert (Post.objects.count(), BlogPostPage.objects.get().live) == (0, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (EntryText(title="Long", source="a" * 21_000), "too_long"),
        (EntryText(title="NUL", source="a\0b"), "bad_text"),
        (EntryText(title="t" * 201, source="text"), "title_too_long"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_one_sentence(cast, text, code):
    with pytest.raises(Refused) as refused:
        draft(cast.noa, text)
    assert refused.value.verdict.code == code
    assert BlogPostPage.objects.count() == 0


def test_a_guest_has_no_blog(cast):
    with pytest.raises(Refused) as refused:
        open_blog(owner=cast.guest)
    assert refused.value.verdict.code == "not_employee"


def test_a_suspended_person_keeps_the_draft_and_publishes_nothing(cast):
    page = draft(cast.suspended)
    with pytest.raises(Refused) as refused:
        publish(author=cast.suspended, page=page)
    assert refused.value.verdict.code == "suspended"
    assert (Post.objects.count(), latest(BlogPostPage.objects.get()).source) == (0, FIRST.source)


def test_only_a_leader_writes_on_behalf_of_a_unit_and_it_is_recorded(cast):
    unit = cast.noa.unit
    text = EntryText(title="From the lab", source="We moved.", on_behalf_of=unit)
    page = draft(cast.noa, text)
    with pytest.raises(Refused) as refused:
        publish(author=cast.noa, page=page)
    assert refused.value.verdict.code == "not_leader"
    cast.alex.manager = cast.noa
    cast.alex.save()
    post = publish(author=cast.noa, page=page)
    assert list(post.disclosures.values_list("kind", flat=True)) == ["on_behalf"]
    assert Event.objects.get(verb="published").data == {"on_behalf_of": unit.pk}


def test_who_is_mentioned_hears_of_it_once(cast):
    text = EntryText(title="Thanks", source="To @alex for the wrench.")
    page = draft(cast.noa, text)
    publish(author=cast.noa, page=page)
    again = EntryText(title="Thanks", source="To @alex for the wrench, and @hiba.")
    page = save_draft(author=cast.noa, blog=page.blog, key=page.key, text=again, version=1)
    publish(author=cast.noa, page=page)
    told = Event.objects.filter(verb="mentioned").order_by("pk").values_list("about__username", flat=True)
    assert list(told) == ["alex", "hiba"]


def test_a_blog_name_that_is_an_address_gets_another_one(cast):
    cast.noa.username = "write"
    assert open_blog(owner=cast.noa).space.slug == "blog-write"
