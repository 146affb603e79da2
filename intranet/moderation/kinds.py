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


class Reach(TextChoices):
    """How far a lock on a post goes."""

    BRANCH = "branch", _("This post and everything below it")
    POST = "post", _("This post alone")


class Condition(TextChoices):
    """What opens a lock before somebody does by hand."""

    NONE = "", _("Until a moderator opens it")
    CASE_DECIDED = "case_decided", _("Until the case is decided")
    ACKNOWLEDGED = "acknowledged", _("Until the author has acknowledged the policy")
    EDIT_ACCEPTED = "edit_accepted", _("Until an edit by the author is accepted")


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
    Deed.MERGE: frozenset({Scope.ALL}),
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
    AWAITING = "awaiting", _("Waiting for the author's edit")
    DECIDED = "decided", _("Decided")


class FlagSource(TextChoices):
    """Who or what brought a case up."""

    FLAG = "flag", _("Flag")
    REQUEST = "request", _("Request of the community's owner")
    RULE = "rule", _("Rule")
    MODERATOR = "moderator", _("Moderator")
    CLASSIFIER = "classifier", _("Suggestion")


class Outcome(TextChoices):
    """How a case can end."""

    NO_ACTION = "no_action", _("No action")
    ASK_TO_EDIT = "ask_to_edit", _("Ask to edit")
    ACCEPTED = "accepted", _("Edit accepted")
    LOCK = "lock", _("Lock")
    HIDE = "hide", _("Hide")
    UNLIST = "unlist", _("Take off the lists")
    REDACT = "redact", _("Take words out")
    MOVE = "move", _("Move")
    WARN = "warn", _("Warn")
    SILENCE = "silence", _("Silence here")
    SUSPEND = "suspend", _("Suspend everywhere")
    ESCALATE = "escalate", _("Escalate")
    REFUSE = "refuse", _("Do not publish")
    REFUSE_EDIT = "refuse_edit", _("Do not publish the change")


SEVERITY = {
    Outcome.NO_ACTION: 0,
    Outcome.ACCEPTED: 0,
    Outcome.ASK_TO_EDIT: 1,
    Outcome.MOVE: 1,
    Outcome.REFUSE_EDIT: 1,
    Outcome.UNLIST: 2,
    Outcome.WARN: 2,
    Outcome.LOCK: 2,
    Outcome.REDACT: 3,
    Outcome.HIDE: 3,
    Outcome.REFUSE: 3,
    Outcome.SILENCE: 4,
    Outcome.SUSPEND: 5,
}
"""How hard an outcome is on the author, to find like cases with unlike decisions. An escalation is no end."""


class AppealState(TextChoices):
    """Where an appeal stands."""

    OPEN = "open", _("Waiting for another moderator")
    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The decision was overturned")
