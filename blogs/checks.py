"""What blogs add to the gate and to what is asked before a file is forgotten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from blogs.lending import put_in_by_its_owner
from blogs.models import BlogPostPage
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Verdict, refuse
from intranet.attachments.waiting import lends, look_into_drafts
from intranet.content.files import Attachment
from intranet.content.kinds import PostKind
from intranet.moderation.gate import Permit, add_check
from intranet.people.models import User
from intranet.text.files import SCHEME


@add_check
def comments_are_open(permit: Permit) -> Verdict:
    """The writer of a blog post may have closed its comments, on whichever path they come."""
    if permit.deed != Deed.REPLY or permit.root.kind != PostKind.BLOG_POST:
        return ALLOWED
    if BlogPostPage.objects.filter(post=permit.root, comments_open=False).exists():
        return refuse("comments_off", _("The writer closed the comments of this post. Your text is kept."))
    return ALLOWED


@look_into_drafts
def a_draft_names(named: str) -> bool:
    """Whether the newest text of a post that is not out yet, or not as it is now, says `named`."""
    waiting = BlogPostPage.objects.filter(has_unpublished_changes=True)
    return waiting.filter(latest_revision__content__source__icontains=named).exists()


@lends
def a_draft_of_both_shows(reader: User, file: Attachment) -> bool:
    """Whether the newest text of a post that both write shows `file`, and its owner put it there."""
    both = BlogPostPage.objects.open_to(reader).filter(has_unpublished_changes=True)
    showing = both.filter(latest_revision__content__source__icontains=f"{SCHEME}{file.public_id}")
    return any(put_in_by_its_owner(page, file) for page in showing)
