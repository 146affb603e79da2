"""The deeds around introductions. What one of the two answered is no part of the log."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

HERE = "/network/introductions/"

INTRODUCED = declare(
    Verb(
        "introduced",
        _("{actor} suggests that you meet a colleague"),
        "handshake",
        tells=frozenset({ABOUT}),
        leads_to=HERE,
    )
)
AGREED = declare(
    Verb(
        "introduction_agreed",
        _("{actor} would like to meet you too"),
        "handshake",
        tells=frozenset({ABOUT}),
        leads_to=HERE,
    )
)
APPOINTED = declare(
    Verb(
        "introduction_appointed",
        _("{actor} fixed a meeting with you"),
        "clock",
        tells=frozenset({ABOUT}),
        leads_to=HERE,
    )
)
ANSWERED_INTRODUCTION = declare(
    Verb("introduction_answered", _("{actor} answered whether to meet a colleague"), "handshake")
)
MET = declare(Verb("introduction_met", _("{actor} met a colleague"), "handshake"))
