"""The deed of routing."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

ASKED_OF = declare(
    Verb(
        "asked_of",
        _("{actor} asks, and you are likely to know: {post}"),
        "circle-help",
        tells=frozenset({ABOUT}),
    )
)
