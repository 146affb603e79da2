"""What policies ask of those who write. The gate takes these checks without knowing whose they are."""

from __future__ import annotations

from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Verdict
from intranet.moderation.gate import Permit, add_check
from intranet.policies.acknowledging.rights import has_right
from intranet.policies.kinds import Right

RIGHT_OF_DEED = {Deed.DECIDE: Right.MODERATE}
"""Deeds that the gate sees and the right that each uses. Opening a community and speaking for a unit ask themselves."""


@add_check
def right_is_read(permit: Permit) -> Verdict:
    """Whoever uses a right has acknowledged the policies that it rests on."""
    right = RIGHT_OF_DEED.get(permit.deed)
    return has_right(permit.actor, right) if right else ALLOWED
