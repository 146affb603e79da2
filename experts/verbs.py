"""The deeds around what is known of people's knowledge."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

ENDORSED = declare(
    Verb(
        "endorsed",
        _("{actor} endorsed your knowledge"),
        "handshake",
        tie=1.0,
        evidence="endorsed",
        tells=frozenset({ABOUT}),
    )
)
UNENDORSED = declare(
    Verb("unendorsed", _("{actor} took back an endorsement"), "handshake", evidence="unendorsed")
)
STOOD = declare(
    Verb("evidence_judged", _("{actor} judged a line of evidence about themselves"), "eye", evidence="judged")
)
