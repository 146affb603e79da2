"""The deeds of blogs."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import SPACE, Verb, declare

PUBLISHED = declare(
    Verb(
        "published",
        _("{actor} published {post}"),
        "pencil-line",
        evidence="document",
        tells=frozenset({SPACE}),
    )
)
