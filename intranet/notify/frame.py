"""What the frame of every page shows of the inbox."""

from __future__ import annotations

from intranet.access.readers import Reader, kind_of
from intranet.notify.models import Notification
from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui.frame import provides

_unseen = Prepared(
    lambda guest, moderates, keeps, me: (
        Notification.objects.visible_to(Reader(me, guest, moderates, keeps))
        .unseen()
        .order_by()
        .values_list("pk")
    )
)


@provides("inbox_count")
def unseen(person: User) -> int:
    """How many notifications `person` has not seen, of those they may still see."""
    return _unseen.count(*kind_of(person), me=person.pk)
