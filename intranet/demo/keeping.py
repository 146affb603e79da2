"""What is kept of the demo organisation: a legal hold, and a colleague who asks to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from intranet.audit import chain, holds
from intranet.keeping import erasing
from intranet.people.models import User

HELD, FORGOTTEN = "beata", "avner"


def keep(people: Mapping[str, User]) -> None:
    """Ask for a hold that waits for a second administrator, for an erasure that waits for one, and seal the trail."""
    administrator = next((person for person in people.values() if person.administers), None)
    if administrator and HELD in people:
        reason = "Claim of a customer about a gearbox delivered in spring."
        holds.request_hold(actor=administrator, person=people[HELD], reason=reason)
    if FORGOTTEN in people:
        erasing.request_erasure(actor=people[FORGOTTEN], person=people[FORGOTTEN])
    chain.seal()
