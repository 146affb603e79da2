"""The deeds of communities."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, ACTOR, SPACE, THREAD, Verb, declare

ASKED = declare(Verb("asked", _("{actor} asked {post}"), "circle-help", tells=frozenset({SPACE})))
STARTED = declare(Verb("started", _("{actor} started {post}"), "messages-square", tells=frozenset({SPACE})))
ANNOUNCED = declare(Verb("announced", _("{actor} announced {post}"), "megaphone", tells=frozenset({SPACE})))
ANSWERED = declare(
    Verb(
        "answered",
        _("{actor} answered {post}"),
        "messages-square",
        tie=1.0,
        evidence="answer",
        tells=frozenset({ABOUT, THREAD}),
    )
)
REPLIED = declare(
    Verb(
        "replied",
        _("{actor} replied in {post}"),
        "messages-square",
        tie=1.0,
        tells=frozenset({ABOUT, THREAD}),
    )
)
ACCEPTED = declare(
    Verb(
        "accepted",
        _("{actor} accepted your answer to {post}"),
        "k-knot",
        tie=1.0,
        evidence="accepted",
        tells=frozenset({ABOUT, THREAD}),
    )
)
UNACCEPTED = declare(
    Verb("unaccepted", _("{actor} took back the acceptance in {post}"), "k-loose", evidence="unaccepted")
)
UNSETTLED = declare(
    Verb(
        "unsettled",
        _("An answer to {post} is no longer shown"),
        "circle-help",
        tells=frozenset({ABOUT, ACTOR}),
    )
)
ASKED_BACK = declare(
    Verb(
        "asked_back",
        _("{actor} needs more from you to answer {post}"),
        "hourglass",
        tells=frozenset({ABOUT}),
    )
)
RETURNED = declare(
    Verb(
        "returned",
        _("{actor} added what was missing in {post}"),
        "pencil-line",
        tells=frozenset({ABOUT}),
    )
)
DUPLICATED = declare(
    Verb(
        "duplicated",
        _("{actor} marked {post} as asked before"),
        "link",
        tells=frozenset({ABOUT, THREAD}),
    )
)
RETIRED = declare(
    Verb(
        "retired",
        _("{actor} marked {post} as no longer current"),
        "history",
        tells=frozenset({ABOUT, THREAD}),
    )
)
REOPENED = declare(
    Verb("reopened", _("{actor} opened {post} again"), "refresh-cw", tells=frozenset({ABOUT, THREAD}))
)
HURRIED = declare(Verb("hurried", _("{actor} marked {post} as urgent"), "clock", tells=frozenset({THREAD})))
CALMED = declare(Verb("calmed", _("{actor} no longer needs {post} urgently"), "clock"))
CLAIMED = declare(Verb("claimed", _("{actor} is writing an answer to {post}"), "hand"))
RELEASED = declare(Verb("released", _("{actor} stopped writing an answer to {post}"), "hand"))
PRAISED = declare(
    Verb(
        "praised",
        _("{actor} says your answer to {post} is good as well"),
        "k-knot",
        tie=0.1,
        tells=frozenset({ABOUT}),
    )
)
UNPRAISED = declare(Verb("unpraised", _("{actor} took back the praise in {post}"), "k-loose"))
JOINED = declare(Verb("joined", _("{actor} joined {space}"), "user-round-plus"))
LEFT = declare(Verb("left", _("{actor} left {space}"), "log-out"))
OPENED = declare(Verb("opened", _("{actor} opened {space}"), "messages-square"))

ADDED = declare(Verb("added", _("{actor} added you to {space}"), "user-round-plus", tells=frozenset({ABOUT})))
ASKED_TO_JOIN = declare(
    Verb("asked_to_join", _("{actor} asks to join {space}"), "user-round-plus", tells=frozenset({ABOUT}))
)
LET_IN = declare(Verb("let_in", _("{actor} let you into {space}"), "check", tells=frozenset({ABOUT})))
NOT_LET_IN = declare(
    Verb("not_let_in", _("{actor} declined your request to join {space}"), "info", tells=frozenset({ABOUT}))
)
INVITED = declare(
    Verb(
        "invited",
        _("{actor} invited you to a community"),
        "mail",
        tells=frozenset({ABOUT}),
        leads_to="/invitations/",
    )
)
ROLE_GIVEN = declare(
    Verb("role_given", _("{actor} changed your role in {space}"), "key-round", tells=frozenset({ABOUT}))
)
OFFERED_EXPERTISE = declare(
    Verb(
        "offered_expertise",
        _("{actor} offers to be an expert in {space}"),
        "badge-check",
        tells=frozenset({ABOUT}),
    )
)
NAMED_EXPERT = declare(
    Verb("named_expert", _("{actor} named you an expert in {space}"), "badge-check", tells=frozenset({ABOUT}))
)
NOT_NAMED_EXPERT = declare(
    Verb(
        "not_named_expert",
        _("{actor} declined your offer to be an expert in {space}"),
        "info",
        tells=frozenset({ABOUT}),
    )
)
CHARTER_CHANGED = declare(Verb("charter_changed", _("{actor} changed the charter of {space}"), "pencil-line"))
REVIEW_DUE = declare(
    Verb(
        "review_due", _("The charter of {space} is due for review"), "clock", tells=frozenset({ABOUT, ACTOR})
    )
)
REVIEW_REMINDED = declare(
    Verb(
        "review_reminded",
        _("The review of {space} has waited for a week"),
        "clock",
        tells=frozenset({ABOUT, ACTOR}),
    )
)
REVIEW_ESCALATED = declare(
    Verb(
        "review_escalated",
        _("Nobody has reviewed {space} for three weeks"),
        "triangle-alert",
        tells=frozenset({ABOUT, ACTOR}),
    )
)
SPACE_RENEWED = declare(
    Verb("space_renewed", _("{actor} renewed {space}"), "refresh-cw", tells=frozenset({SPACE}))
)
SPACE_ARCHIVED = declare(
    Verb("space_archived", _("{actor} archived {space}"), "history", tells=frozenset({SPACE}))
)
SPACE_REOPENED = declare(
    Verb("space_reopened", _("{actor} reopened {space}"), "lock-open", tells=frozenset({SPACE}))
)
MERGE_ASKED = declare(
    Verb(
        "merge_asked",
        _("{actor} proposes to merge a community into {space}"),
        "split",
        tells=frozenset({ABOUT}),
    )
)
MERGE_DECLINED = declare(
    Verb(
        "merge_declined",
        _("{actor} declined to merge a community into {space}"),
        "split",
        tells=frozenset({ABOUT}),
    )
)
MERGE_UNDONE = declare(
    Verb(
        "merge_undone", _("{actor} took back the merging of {space}"), "refresh-cw", tells=frozenset({SPACE})
    )
)
CARRIED = declare(
    Verb(
        "carried", _("{actor} brought {post} along when communities were merged"), "waypoints", reshapes=True
    )
)
"""Told to nobody: a thousand threads that go along are one piece of news, `space_merged`."""
SPACE_MERGED = declare(
    Verb(
        "space_merged", _("{actor} merged {space} into another community"), "split", tells=frozenset({SPACE})
    )
)
PINNED = declare(Verb("pinned", _("{actor} pinned {post}"), "bookmark"))
UNPINNED = declare(Verb("unpinned", _("{actor} took {post} down"), "bookmark"))
OFFERED = declare(
    Verb("offered", _("{actor} offers a thread to {space}"), "handshake", tells=frozenset({ABOUT}))
)
DECLINED = declare(
    Verb("declined", _("{actor} did not take in {post}"), "handshake", tells=frozenset({ABOUT}))
)
MOVED = declare(
    Verb(
        "moved",
        _("{actor} moved {post} to another community"),
        "waypoints",
        tells=frozenset({ABOUT, THREAD}),
        reshapes=True,
    )
)
MERGED = declare(
    Verb(
        "merged",
        _("{actor} merged a thread into {post}"),
        "waypoints",
        tells=frozenset({ABOUT, THREAD}),
        reshapes=True,
    )
)
SPLIT = declare(
    Verb(
        "split",
        _("{actor} made a thread of its own of {post}"),
        "split",
        tells=frozenset({ABOUT, THREAD}),
        reshapes=True,
    )
)
CONVERTED = declare(
    Verb(
        "converted",
        _("{actor} changed what kind of post {post} is"),
        "refresh-cw",
        tells=frozenset({ABOUT}),
        reshapes=True,
    )
)
PUT_BACK = declare(
    Verb(
        "put_back",
        _("{actor} put {post} back as it was"),
        "history",
        tells=frozenset({ABOUT}),
        reshapes=True,
    )
)
POLLED = declare(Verb("polled", _("{actor} put a poll on {post}"), "list", tells=frozenset({THREAD})))
POLL_CLOSED = declare(
    Verb("poll_closed", _("{actor} closed the poll on {post}"), "list", tells=frozenset({THREAD}))
)
TOOK_PART = declare(Verb("took_part", _("{actor} took part in the poll on {post}"), "list"))
