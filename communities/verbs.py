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
