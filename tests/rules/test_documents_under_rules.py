"""Blog posts and articles pass the same judge as any post; policies, which quote what rules look for, do not."""

import pytest
from django.test import Client

from blogs.actions import EntryText, latest, publish, save_draft
from blogs.models import BlogPostPage
from blogs.roots import open_blog
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.moderation.models import Case, Flag, HeldEdit
from intranet.moderation.standing import edits, held
from intranet.policies.actions import publish_policy
from intranet.rules.models import Judgement

SECRET = "This is our trade secret, @alex."


@pytest.fixture
def entry(cast):
    """`entry(source, page=None, **more)` saves Noa's draft and publishes it; the post, or what refused it."""
    cast.noa.language = "en"
    cast.noa.save(update_fields=["language"])
    blog = open_blog(owner=cast.noa)

    def write(source: str, page: BlogPostPage | None = None, **more) -> Post:
        fresh = BlogPostPage.objects.get(pk=page.pk) if page else None
        draft = save_draft(
            author=cast.noa,
            blog=blog,
            key=fresh.key if fresh else new_public_id(),
            text=EntryText(title="Forty gearboxes", source=source, **more),
            version=fresh.draft_version if fresh else 0,
        )
        return publish(author=cast.noa, page=draft)

    return write


def told(post: Post) -> set[str]:
    return set(Event.objects.filter(post=post).values_list("verb", flat=True))


def test_a_blog_post_that_a_rule_holds_waits_and_nobody_hears_of_it(cast, rule, entry) -> None:
    rule("hold")
    post = entry(SECRET)
    assert post.state == PostState.HELD
    assert told(post) == {"held_back"}
    assert not Post.objects.visible_to(cast.alex).filter(pk=post.pk).exists()
    held.publish(actor=cast.moderator, post=post)
    assert {"published", "mentioned"} <= told(post)
    assert Judgement.objects.get(post=post).held_by[0]["name"] == "Rule to hold"


def test_a_change_of_a_blog_post_waits_as_its_draft_and_is_published_by_a_moderator(
    cast, rule, entry
) -> None:
    rule("hold")
    post = entry("The seals were fine.")
    page = post.blog_post_page
    with pytest.raises(Refused) as refused:
        entry(SECRET, page)
    assert refused.value.verdict.code == "edit_waits"
    post.refresh_from_db()
    page.refresh_from_db()
    assert (post.source, latest(page).source) == ("The seals were fine.", SECRET)
    assert HeldEdit.objects.get(post=post).source == SECRET
    published = edits.publish_edit(actor=cast.moderator, post=post)
    assert (published.source, published.revision, HeldEdit.objects.count()) == (SECRET, 2, 0)


def test_a_draft_that_went_on_is_not_published_unread(cast, rule, entry) -> None:
    rule("hold")
    post = entry("The seals were fine.")
    page = post.blog_post_page
    with pytest.raises(Refused):
        entry(SECRET, page)
    fresh = BlogPostPage.objects.get(pk=page.pk)
    text = EntryText(title="Forty gearboxes", source="Something else, trade secret.")
    save_draft(author=cast.noa, blog=fresh.blog, key=fresh.key, text=text, version=fresh.draft_version)
    with pytest.raises(Refused) as refused:
        edits.publish_edit(actor=cast.moderator, post=post)
    assert refused.value.verdict.code == "old_version"
    post.refresh_from_db()
    assert post.source == "The seals were fine."


def test_a_blog_post_is_asked_for_a_disclosure_and_flagged(cast, rule, entry) -> None:
    rule("disclose", then="interest")
    with pytest.raises(Refused) as refused:
        entry(SECRET)
    entries = Post.objects.filter(kind="blog_post")
    assert (refused.value.verdict.code, entries.count()) == ("disclosure_missing", 0)
    entry(SECRET, disclosures=["!interest"])
    rule("flag")
    post = entry(SECRET, disclosures=["!interest"])
    assert [flag.case.post for flag in Flag.objects.all()] == [post]


def test_a_policy_is_not_judged(cast, rule) -> None:
    rule("hold")
    said = {"anchor": "secrets", "title_en": "Secrets", "text_en": "A trade secret stays here.",
            "title_he": "סודות", "text_he": "סוד מסחרי נשאר כאן."}  # fmt: skip
    version = publish_policy(owner=cast.admin, slug="own", title="Own", title_he="שלנו", clauses=[said])
    assert version.policy.post.state == PostState.PUBLISHED
    assert Case.objects.count() == 0


def test_the_page_of_the_editor_says_that_it_waits(cast, rule, entry) -> None:
    rule("hold")
    post = entry("The seals were fine.")
    page = BlogPostPage.objects.get(post=post)
    client = Client()
    client.force_login(cast.noa)
    form = {"title": "Forty gearboxes", "source": SECRET, "blog": page.blog_id, "step": "publish",
            "draft_version": page.draft_version, "comments_open": "on"}  # fmt: skip
    answered = client.post(f"/blogs/p/{page.key}/edit/", form, follow=True)
    shown = answered.content.decode()
    assert answered.status_code == 200
    for words in ("Your change waits for a moderator.", "The seals were fine.", "trade secret"):
        assert words in shown
    client.force_login(cast.alex)
    assert "trade secret" not in client.get(post.get_absolute_url()).content.decode()
