"""What an editor meets on Wagtail's desk: the own language, the address of a policy, one way to sign in, copies as drafts."""

import pytest
from django.utils.translation import activate
from wagtail.users.models import UserProfile

from intranet.policies.actions import publish_policy
from intranet.policies.models import PolicyPage
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db

PRICES = {
    "anchor": "prices",
    "title_en": "Prices",
    "text_en": "Open prices stay in Purchasing.",
    "title_he": "מחירים",
    "text_he": "מחירים פתוחים נשארים ברכש.",
}


@pytest.fixture
def cast():
    return make_cast()


def publish(cast, **more) -> PolicyPage:
    publish_policy(
        owner=cast.admin, slug="suppliers", title="Suppliers", title_he="ספקים", clauses=[PRICES | more]
    )
    return PolicyPage.objects.get()


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.admin)
    client.get("/policies/desk/")
    return client


def test_the_desk_speaks_the_language_of_its_editor_also_with_a_profile_of_wagtail(cast, desk):
    page = publish(cast)
    UserProfile.objects.create(user=cast.admin)
    cast.admin.language = "he"
    cast.admin.save()
    folder = desk.get(f"/cms/pages/{page.get_parent().pk}/").content.decode()
    activate("en")
    assert [words in folder for words in ('dir="rtl"', "ספקים", "מפורסם", "Suppliers", "Live", " ago")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_desk_leads_to_the_page_that_readers_get(cast, desk):
    page = publish(cast)
    folder = desk.get(f"/cms/pages/{page.get_parent().pk}/").content.decode()
    assert ('href="/policies/suppliers/"' in folder, "not be accessible" in folder) == (True, False)


def test_the_editor_names_the_clauses_of_which_one_language_is_behind(cast, desk):
    page = publish(cast)
    address = f"/cms/pages/{page.pk}/edit/"
    assert "Hebrew is behind" not in desk.get(address).content.decode()
    publish(cast, text_en="Open prices and quantities stay in Purchasing.")
    assert "Hebrew is behind" in desk.get(address).content.decode()


def test_the_doors_of_wagtail_and_of_the_admin_lead_to_the_one_that_asks_for_a_second_factor(cast, client):
    for door in ("/cms/login/", "/admin/login/"):
        answer = client.get(f"{door}?next=/cms/")
        assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/cms/")
        assert client.post(door, {"username": "admin", "password": "x"}).status_code == 302
    client.force_login(cast.alex)
    assert client.get("/cms/", follow=True).status_code == 403
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_copy_begins_as_a_draft(cast, desk):
    page = publish(cast)
    typed = {"new_title": "Again", "new_slug": "again", "new_parent_page": page.get_parent().pk}
    for more in ({"publish_copies": "on"}, {"alias": "on"}, {}):
        desk.post(f"/cms/pages/{page.pk}/copy/", typed | more)
    assert list(PolicyPage.objects.order_by("pk").values_list("slug", "live")) == [
        ("suppliers", True),
        ("again", False),
    ]
