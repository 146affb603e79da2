"""Pictures and files that one writer of a post put into its draft, and that another one publishes.

A file that waits belongs to who uploaded it, and naming it in a text is not enough to show it: somebody else could have
heard of its id. It counts as part of a draft when its owner saved a version of that draft which names it.
"""

from __future__ import annotations

from wagtail.models import Page

from intranet.content.files import Attachment
from intranet.text.files import SCHEME, files_in


def put_in_by_its_owner(page: Page, file: Attachment) -> bool:
    """Whether the owner of `file` saved a version of `page` that names it."""
    named = f"{SCHEME}{file.public_id}"
    return page.revisions.filter(user=file.owner_id, content__source__icontains=named).exists()


def lent_to(page: Page, source: str) -> list[str]:
    """Ids of the waiting files that `source`, a text of `page`, shows because one of its writers put them in."""
    waiting = Attachment.objects.filter(post=None, public_id__in=files_in(source))
    return [file.public_id for file in waiting if put_in_by_its_owner(page, file)]
