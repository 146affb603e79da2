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
