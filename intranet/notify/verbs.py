"""What the calendar does in somebody's own name."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, ACTOR, Verb, declare

BOOKMARK_DUE = declare(
    Verb("bookmark_due", _("You wanted to come back to {post}"), "bookmark", tells=frozenset({ABOUT, ACTOR}))
)
