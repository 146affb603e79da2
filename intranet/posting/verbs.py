"""The deeds that every kind of post shares."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, GROUPS, THREAD, Verb, declare

COMMENTED = declare(
    Verb(
        "commented",
        _("{actor} commented on {post}"),
        "messages-square",
        tie=1.0,
        tells=frozenset({ABOUT, THREAD}),
    )
)
EDITED = declare(Verb("edited", _("{actor} edited {post}"), "pencil-line", tie=1.0))
VOTED = declare(Verb("voted", _("{actor} voted for {post}"), "arrow-up", tie=0.1, evidence="vote"))
THANKED = declare(
    Verb(
        "thanked",
        _("{actor} thanked you for {post}"),
        "hand",
        tie=0.1,
        evidence="thanks",
        tells=frozenset({ABOUT}),
    )
)
HELPED = declare(Verb("helped", _("{post} helped {actor} too"), "check", tie=0.1, evidence="helped"))
MENTIONED = declare(
    Verb("mentioned", _("{actor} mentioned you in {post}"), "at-sign", tie=1.0, tells=frozenset({ABOUT}))
)
CALLED = declare(
    Verb(
        "called",
        _("{actor} mentioned a group of yours in {post}"),
        "megaphone",
        tells=frozenset({GROUPS}),
    )
)
REMOVED = declare(Verb("removed", _("{actor} removed {post}"), "trash-2"))
