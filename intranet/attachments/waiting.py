"""Which files a text waits for that is not out yet.

Drafts of posts lie in `content`; a package that keeps drafts of its own says here how to look into them.
"""

from __future__ import annotations

from collections.abc import Callable

from intranet.content.files import Attachment
from intranet.content.models import Draft
from intranet.text.files import SCHEME

_looks: list[Callable[[str], bool]] = []


def look_into_drafts(function: Callable[[str], bool]) -> Callable[[str], bool]:
    """Register `function(named)`: whether a draft says `named`, which is how a text names a file."""
    _looks.append(function)
    return function


def is_waited_for(attachment: Attachment) -> bool:
    """Whether some draft names the file."""
    named = f"{SCHEME}{attachment.public_id}"
    kept = Draft.objects.filter(person=attachment.owner, body__icontains=named)
    return kept.exists() or any(look(named) for look in _looks)
