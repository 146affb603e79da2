"""Where blogs stand in the page tree, and how one is opened. Safe to call at any time."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blogs.models import BlogIndexPage, BlogPage
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import Joining, Posting, SpaceKind, SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import OrgUnit, User

TAKEN = frozenset({"write", "drafts", "mine", "p", "preview"})
"""Words that are addresses of their own under /blogs/."""


@transaction.atomic
def ensure_blogs() -> BlogIndexPage:
    """The folder of all blogs, made where it is missing. Its row is locked: one blog at a time is put into it."""
    top = Page.objects.select_for_update().filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    return BlogIndexPage.objects.first() or top.add_child(instance=BlogIndexPage(title="Blogs", slug="blogs"))


def _free_slug(wanted: str) -> str:
    base = wanted.replace(".", "-").replace("_", "-").strip("-")[:50]
    for candidate in (base, f"blog-{base}", *(f"blog-{base}-{number}" for number in range(2, 1000))):
        if candidate not in TAKEN and not Space.objects.filter(slug=candidate).exists():
            return candidate
    raise Refused(refuse("no_slug", _("There is no free address for this blog.")))


@transaction.atomic
def open_blog(
    *,
    owner: User,
    name: str = "",
    name_he: str = "",
    purpose: str = "",
    unit: OrgUnit | None = None,
) -> BlogPage:
    """The blog of `owner`, or of `unit` with `owner` as its first writer; made with its space when it is new.

    Raises `Refused` for guests and for who is not active.
    """
    if owner.is_guest or not owner.is_active:
        raise Refused(refuse("not_employee", _("Blogs are written by people of the organisation.")))
    index = ensure_blogs()
    found = (
        BlogPage.objects.filter(unit=unit) if unit else BlogPage.objects.filter(owner_person=owner, unit=None)
    )
    if blog := found.select_related("space").first():
        return blog
    title = (name or (unit.name if unit else owner.name))[:120]
    space = Space.objects.create(
        slug=_free_slug(unit.code.lower() or f"unit-{unit.pk}" if unit else owner.username),
        kind=SpaceKind.BLOG,
        name=title,
        name_he=name_he or ("" if name else unit.name_he if unit else owner.name_he),
        purpose=purpose,
        language=owner.language,
        posting=Posting.MANAGERS,
        joining=Joining.INVITE,
        colour=unit.colour if unit else owner.colour,
    )
    Membership.objects.create(space=space, person=owner, role=SpaceRole.OWNER)
    with suppress(AttributeError):  # not asked for yet
        del owner.space_roles
    page = BlogPage(title=title, slug=space.slug, space=space, owner=owner, owner_person=owner, unit=unit)
    return index.add_child(instance=page)
