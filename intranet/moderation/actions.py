"""The deeds of moderation in one place, for pages, programs, imports and commands."""

from intranet.moderation.cases.actions import (
    claim,
    flag,
    hand_over,
    note,
    recuse,
    report_by_rule,
)
from intranet.moderation.cases.deciding import decide, restore, undo

__all__ = ["claim", "decide", "flag", "hand_over", "note", "recuse", "report_by_rule", "restore", "undo"]
