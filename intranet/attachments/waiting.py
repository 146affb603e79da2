"""Which files a text waits for that is not out yet, and who may see them there.

Drafts of posts lie in `content`; a package that keeps drafts of its own says here how to look into them, and where
several people write one draft, who else sees a file in it.
"""

from __future__ import annotations

from collections.abc import Callable

from intranet.content.files import Attachment
from intranet.content.models import Draft
from intranet.people.models import User
from intranet.text.files import SCHEME

_looks: list[Callable[[str], bool]] = []
_lenders: list[Callable[[User, Attachment], bool]] = []


def look_into_drafts(function: Callable[[str], bool]) -> Callable[[str], bool]:
    """Register `function(named)`: whether a draft says `named`, which is how a text names a file."""
    _looks.append(function)
    return function


def lends[Lender: Callable[[User, Attachment], bool]](function: Lender) -> Lender:
    """Register `function(reader, file)`: whether `file` waits in a draft on which `reader` writes as well."""
    _lenders.append(function)
    return function


def is_lent(reader: User, attachment: Attachment) -> bool:
    """Whether `reader` sees a waiting file of somebody else, because both write on the draft that shows it."""
    return attachment.post_id is None and any(lends(reader, attachment) for lends in _lenders)


def is_waited_for(attachment: Attachment) -> bool:
    """Whether some draft names the file."""
    named = f"{SCHEME}{attachment.public_id}"
    kept = Draft.objects.filter(person=attachment.owner, body__icontains=named)
    return kept.exists() or any(look(named) for look in _looks)
