"""The deeds of moderation."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

FLAGGED = declare(Verb("flagged", _("{actor} flagged {post}"), "flag"))
LOCKED = declare(Verb("locked", _("{post} was locked"), "lock", tells=frozenset({ABOUT})))
UNLOCKED = declare(Verb("unlocked", _("{post} was unlocked"), "lock-open", tells=frozenset({ABOUT})))
HIDDEN = declare(Verb("hidden", _("{post} was hidden"), "eye-off", tells=frozenset({ABOUT})))
DECIDED = declare(Verb("decided", _("{actor} decided a case"), "scale"))
