"""Publishing a policy: a frozen version, a post to talk about it, a gate that holds on every way."""

import pytest

from intranet.access.verdict import Refused
from intranet.content.models import Post
from intranet.moderation import locks
from intranet.policies.actions import publish_policy
from intranet.policies.models import PolicyPage, PolicyVersion
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db

CLAUSES = [
    {
        "anchor": "prices",
        "title_en": "Prices",
        "text_en": "Open terms stay in Purchasing.",
        "title_he": "מחירים",
        "text_he": "תנאים פתוחים נשארים ברכש.",
    },
    {
        "anchor": "names",
        "title_en": "Names",
        "text_en": "Customers are named in closed places.",
        "title_he": "",
        "text_he": "",
    },
]


def publish(owner, clauses=CLAUSES, **more):
    return publish_policy(
        owner=owner, slug="suppliers", title="Working with suppliers", clauses=clauses, **more
    )


def test_publishing_freezes_a_version_and_makes_one_post():
    cast = make_cast()
    version = publish(cast.admin)
    assert (version.number, [clause.name for clause in version.clauses.all()]) == (
        1,
        ["suppliers#prices", "suppliers#names"],
    )
    assert list(Post.objects.values_list("kind", "title", "state")) == [
        ("policy", "Working with suppliers", "published")
    ]


def test_the_same_text_again_makes_no_new_version_and_a_changed_one_does():
    cast = make_cast()
    publish(cast.admin)
    assert publish(cast.admin).number == 1
    changed = [CLAUSES[0] | {"text_en": "Open terms stay in Purchasing until signed."}, CLAUSES[1]]
    assert publish(cast.admin, changed).number == 2
    first = PolicyVersion.objects.get(number=1).clauses.get(anchor="prices")
    assert first.text_en == "Open terms stay in Purchasing."
    assert Post.objects.count() == 1


def test_a_lock_stops_publishing_in_wagtail_and_names_its_clause():
    cast = make_cast()
    version = publish(cast.admin)
    page = PolicyPage.objects.get()
    locks.lock(actor=cast.moderator, post=page.post, clause=version.clauses.first(), scope="edits")
    page.title = "Changed behind the lock"
    revision = page.save_revision(user=cast.admin)
    with pytest.raises(Refused) as refused:
        revision.publish(user=cast.admin)
    assert refused.value.verdict.code == "locked"
    assert PolicyPage.objects.get().title == "Working with suppliers"
    assert "Working with suppliers" in PolicyPage.objects.get().get_lock().get_message(cast.admin)


def test_somebody_who_owns_no_policies_publishes_none():
    cast = make_cast()
    with pytest.raises(Refused, match="policy owners"):
        publish(cast.noa)
    assert (PolicyPage.objects.count(), Post.objects.count()) == (0, 0)
