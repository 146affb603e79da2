"""What the frame of every page shows of the inbox."""

from __future__ import annotations

from intranet.notify.models import Notification
from intranet.people.models import User
from intranet.ui.frame import provides


@provides("inbox_count")
def unseen(person: User) -> int:
    """How many notifications `person` has not seen, of those they may still see."""
    return Notification.objects.visible_to(person).unseen().count()
