"""The deeds around a sealed name."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

OPENING_ASKED = declare(Verb("opening_asked", _("{actor} asked who wrote {post}"), "key-round"))
OPENING_DECLINED = declare(Verb("opening_declined", _("{actor} kept {post} anonymous"), "lock"))
SEAL_OPENED = declare(Verb("seal_opened", _("{actor} agreed to open who wrote {post}"), "lock-open"))
SEAL_READ = declare(Verb("seal_read", _("{actor} read who wrote {post}"), "eye"))
SEAL_TOLD = declare(
    Verb(
        "seal_told",
        _("{actor} agreed that your name on an anonymous question is opened"),
        "lock-open",
        tells=frozenset({ABOUT}),
        leads_to="/sealed/",
    )
)
"""Told to the asker without the question, so that the log never holds the two together."""
