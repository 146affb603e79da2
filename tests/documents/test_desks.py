"""The two desks for insiders, Wagtail's and Django's, pass the gate or write nothing."""

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from blogs.actions import EntryText, publish, save_draft
from blogs.roots import open_blog
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.moderation import locks
from intranet.moderation.actions import decide, flag
from intranet.people.roles import Role
from intranet.policies.actions import publish_policy
from intranet.policies.models import PolicyPage, PolicyVersion
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

CLAUSE = {"anchor": "prices", "title_en": "Prices", "text_en": "Open terms stay in Purchasing."}


@pytest.fixture
def cast() -> Cast:
    """The cast, with one who may do everything in Django's and Wagtail's eyes."""
    made = make_cast()
    made.admin.is_superuser = True
    made.admin.save()
    return made


def policy(cast) -> PolicyPage:
    publish_policy(owner=cast.admin, slug="suppliers", title="Suppliers", clauses=[CLAUSE])
    return PolicyPage.objects.get()


def form_of(page, text: str) -> dict[str, str]:
    """What Wagtail's editor sends when the first clause was changed to `text`."""
    clause = page.clauses.get()
    row = CLAUSE | {"id": clause.pk, "text_en": text, "title_he": "", "text_he": "", "hint_words": ""}
    fields = {
        "title": page.title,
        "slug": page.slug,
        "audience": page.audience,
        "aim": page.aim,
        "clauses": inline_formset([row], initial=1),
        "questions": inline_formset([]),
        "renew_months": page.renew_months,
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    return nested_form_data(fields)


def edited(client, page, text: str):
    return client.post(f"/cms/pages/{page.pk}/edit/", form_of(page, text))


def test_the_editors_desk_publishes_a_version(cast, client):
    page = policy(cast)
    client.force_login(cast.admin)
    assert edited(client, page, "Open terms stay until signed.").status_code == 302
    version = PolicyVersion.objects.first()
    assert (version.number, version.clauses.get().text_en) == (2, "Open terms stay until signed.")
    assert "Open terms stay until signed." in Post.objects.get().text


@pytest.mark.parametrize("scope", ["edits", "all"])
def test_the_editors_desk_stops_at_a_lock_and_shows_its_clause(cast, client, scope):
    page = policy(cast)
    locks.lock(
        actor=cast.moderator, post=page.post, clause=PolicyVersion.objects.get().clauses.get(), scope=scope
    )
    client.force_login(cast.admin)
    edited(client, page, "Behind the lock.")
    assert PolicyVersion.objects.count() == 1
    assert "Open terms stay in Purchasing." in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    client.post(f"/cms/pages/{page.pk}/unpublish/")
    assert Post.objects.get().state == PostState.PUBLISHED


def test_a_lock_on_comments_leaves_the_editors_desk_open(cast, client):
    page = policy(cast)
    locks.lock(
        actor=cast.moderator,
        post=page.post,
        clause=PolicyVersion.objects.get().clauses.get(),
        scope="replies",
    )
    client.force_login(cast.admin)
    edited(client, page, "Changed beside the lock.")
    assert PolicyVersion.objects.count() == 2


def test_who_lost_the_role_is_refused_on_the_desk_and_keeps_the_draft(cast, client):
    page = policy(cast)
    cast.admin.roles = ["employee"]
    cast.admin.save()
    client.force_login(cast.admin)
    answer = client.post(f"/cms/pages/{page.pk}/edit/", form_of(page, "Not mine to say."), follow=True)
    assert "Policies are published by policy owners." in answer.content.decode()
    assert PolicyVersion.objects.count() == 1
    assert (
        PolicyPage.objects.get().get_latest_revision_as_object().clauses.get().text_en == "Not mine to say."
    )


def test_a_superuser_publishes_nothing_in_a_colleagues_blog(cast, client):
    blog = open_blog(owner=cast.noa)
    text = EntryText(title="Mine", source="My words.")
    page = save_draft(author=cast.noa, blog=blog, key=new_public_id(), text=text, version=0)
    publish(author=cast.noa, page=page)
    client.force_login(cast.admin)
    fields = {"title": "Mine", "source": "Other words.", "tag_names": "", "comments": inline_formset([])}
    fields |= {"slug": page.slug, "action-publish": "1"}
    client.post(f"/cms/pages/{page.pk}/edit/", nested_form_data(fields))
    assert Post.objects.get().source == "My words."


def test_a_document_that_is_out_is_neither_deleted_nor_moved_nor_handled_in_bulk(cast, client):
    page = policy(cast)
    client.force_login(cast.admin)
    client.post(f"/cms/pages/{page.pk}/delete/")
    client.post(f"/cms/pages/{page.get_parent().pk}/delete/")
    client.post(f"/cms/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/cms/")
    client.post(f"/cms/bulk/wagtailcore/page/delete/?id={page.pk}&next=/cms/")
    assert PolicyPage.objects.live().count() == 1
    assert Post.objects.get().state == PostState.PUBLISHED


def test_taking_back_and_publishing_again_keeps_one_post(cast):
    page = policy(cast)
    page.unpublish(user=cast.admin)
    assert Post.objects.get().state == PostState.DRAFT
    page = PolicyPage.objects.get()
    page.save_revision(user=cast.admin).publish(user=cast.admin)
    assert (Post.objects.get().state, PolicyVersion.objects.count()) == (PostState.PUBLISHED, 1)


def test_publishing_does_not_bring_back_what_a_moderator_hid(cast):
    blog = open_blog(owner=cast.noa)
    key = new_public_id()
    page = save_draft(author=cast.noa, blog=blog, key=key, text=EntryText("T", "One."), version=0)
    post = publish(author=cast.noa, page=page)
    clause = publish_policy(owner=cast.admin, slug="s", title="S", clauses=[CLAUSE]).clauses.get()
    case = flagged(cast, post, clause)
    decide(actor=cast.moderator, case=case, outcome="hide", clause=clause)
    page = save_draft(author=cast.noa, blog=blog, key=key, text=EntryText("T", "Two."), version=1)
    publish(author=cast.noa, page=page)
    post.refresh_from_db()
    assert (post.source, post.state) == ("Two.", PostState.HIDDEN)


def flagged(cast, post, clause):
    return flag(reporter=cast.alex, post=post, clause=clause).case


def test_djangos_admin_reads_posts_and_writes_none(cast, client):
    page = policy(cast)
    client.force_login(cast.admin)
    address = f"/admin/intranet/post/{page.post_id}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"title": "Changed behind the gate"}).status_code == 403
    assert client.get("/admin/intranet/post/add/").status_code == 403
    assert client.post(f"/admin/intranet/post/{page.post_id}/delete/", {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": page.post_id, "post": "yes"}
    client.post("/admin/intranet/post/", action)
    assert list(Post.objects.values_list("title", flat=True)) == ["Suppliers"]


def test_djangos_admin_shows_no_secret_space_to_who_is_no_member(cast, client):
    client.force_login(cast.admin)
    assert "merger" not in client.get("/admin/intranet/space/").content.decode().lower()
    assert client.get(f"/admin/intranet/space/{cast.secret.pk}/change/").status_code == 302
    assert client.get(f"/admin/intranet/space/{cast.open.pk}/change/").status_code == 200


def test_roles_are_ticked_in_djangos_admin(cast, client):
    client.force_login(cast.admin)
    page = client.get(f"/admin/intranet/user/{cast.noa.pk}/change/")
    assert page.status_code == 200
    said = {name: value for name, value in page.context["adminform"].form.initial.items() if value}
    said |= {"roles": ["employee", "policy_owner"], "unit": cast.noa.unit_id, "is_active": "on"}
    said.pop("password")
    answer = client.post(f"/admin/intranet/user/{cast.noa.pk}/change/", said)
    cast.noa.refresh_from_db()
    assert (answer.status_code, cast.noa.roles) == (302, ["employee", "policy_owner"])


def test_the_way_to_lock_a_page_stands_on_both_desks_for_those_who_may(cast, client):
    page, blog = policy(cast), open_blog(owner=cast.alex)
    address, edit = f"/moderation/pages/{page.pk}/lock/", f"/cms/pages/{page.pk}/edit/"
    owner, both = cast.hiba, cast.moderator
    for person in (owner, both):
        person.roles = [*person.roles, Role.POLICY_OWNER]
        person.save()
    client.force_login(owner)
    client.get("/policies/desk/")
    assert address not in client.get(edit).content.decode()
    client.force_login(both)
    client.get("/policies/desk/")
    assert address in client.get(edit).content.decode()
    terms = {"clause": "suppliers#prices", "scope": "all", "step": "lock"}
    assert client.post(address, terms).status_code == 302
    client.force_login(owner)
    assert "This is locked under a policy." in client.get(edit).content.decode()
    whole = f"/moderation/pages/{blog.pk}/lock/"
    seen = []
    for person in (both, owner):
        client.force_login(person)
        seen.append(whole in client.get(f"/blogs/{blog.space.slug}/").content.decode())
    assert seen == [True, False]
