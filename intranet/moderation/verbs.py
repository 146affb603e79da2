"""The deeds of moderation."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

FLAGGED = declare(Verb("flagged", _("{actor} flagged {post}"), "flag"))
LOCKED = declare(Verb("locked", _("{post} was locked"), "lock", tells=frozenset({ABOUT})))
UNLOCKED = declare(Verb("unlocked", _("{post} was unlocked"), "lock-open", tells=frozenset({ABOUT})))
HIDDEN = declare(Verb("hidden", _("{post} was hidden"), "eye-off", tells=frozenset({ABOUT})))
RESTORED = declare(Verb("restored", _("{post} is shown again"), "eye", tells=frozenset({ABOUT})))
ASKED_TO_EDIT = declare(
    Verb("asked_to_edit", _("A moderator asks you to edit {post}"), "pencil-line", tells=frozenset({ABOUT}))
)
DECIDED = declare(Verb("decided", _("{actor} decided a case"), "scale"))
