"""The deeds of communities."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, SPACE, THREAD, Verb, declare

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
