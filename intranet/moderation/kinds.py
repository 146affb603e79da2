"""The vocabulary of moderation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed


class Scope(TextChoices):
    """What a lock stops."""

    REPLIES = "replies", _("New replies")
    EDITS = "edits", _("Edits")
    VOTES = "votes", _("Votes and reactions")
    ATTACHMENTS = "attachments", _("Attachments")
    ALL = "all", _("Replies, edits, votes and attachments")


HEADLINES = {
    Scope.REPLIES: _("Locked under a policy: no new replies"),
    Scope.EDITS: _("Locked under a policy: no edits"),
    Scope.VOTES: _("Locked under a policy: no votes"),
    Scope.ATTACHMENTS: _("Locked under a policy: no attachments"),
    Scope.ALL: _("Locked under a policy: no replies, edits or votes"),
}
"""What is closed, as the head of a lock notice says it."""

EVERY_SCOPE = frozenset(Scope.values)
STOPPED_BY: dict[Deed, frozenset[str]] = {
    Deed.START: frozenset({Scope.REPLIES, Scope.ALL}),
    Deed.REPLY: frozenset({Scope.REPLIES, Scope.ALL}),
    Deed.EDIT: frozenset({Scope.EDITS, Scope.ALL}),
    Deed.ATTACH: frozenset({Scope.ATTACHMENTS, Scope.ALL}),
    Deed.PUBLISH: frozenset({Scope.EDITS, Scope.ALL}),
    Deed.REACT: frozenset({Scope.VOTES, Scope.ALL}),
    Deed.ACCEPT: frozenset({Scope.ALL}),
    # A moved thread takes its locks along; merging, splitting or converting could bring a post out from under one.
    Deed.MOVE: frozenset({Scope.ALL}),
    Deed.TAKE: frozenset({Scope.REPLIES, Scope.ALL}),
    Deed.GIVE_BACK: frozenset({Scope.REPLIES, Scope.ALL}),
    Deed.RESHAPE: EVERY_SCOPE,
    Deed.CONVERT: EVERY_SCOPE,
    Deed.POLL: frozenset({Scope.EDITS, Scope.ALL}),
    Deed.BALLOT: frozenset({Scope.VOTES, Scope.ALL}),
}


class CaseState(TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Open")
    DECIDED = "decided", _("Decided")


class Outcome(TextChoices):
    """How a case can end."""

    NO_ACTION = "no_action", _("No action")
    LOCK = "lock", _("Lock")
    HIDE = "hide", _("Hide")
    ASK_TO_EDIT = "ask_to_edit", _("Ask to edit")
