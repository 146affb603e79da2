"""The deeds of moderation. What is told to a person leads to the page that says which clause, until when, what now."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, ACTOR, Verb, declare

NOTICE, LOCK_NOTICE, CASE, APPEAL, WAITS = (
    "moderation:notice",
    "moderation:lock_notice",
    "moderation:case",
    "moderation:appeal",
    "moderation:waits",
)


def _told(name: str, text: str | Promise, icon: str, page: str = NOTICE) -> Verb:
    """A deed of which the person that it is about hears."""
    return declare(Verb(name, text, icon, tells=frozenset({ABOUT}), page=page))


FLAGGED = declare(Verb("flagged", _("{actor} flagged {post}"), "flag"))
LOCKED = _told("locked", _("{post} was locked"), "lock", LOCK_NOTICE)
UNLOCKED = _told("unlocked", _("{post} was unlocked"), "lock-open", LOCK_NOTICE)
HIDDEN = _told("hidden", _("{post} was hidden"), "eye-off")
RESTORED = _told("restored", _("{post} is shown again"), "eye", "")
HIDDEN_MEANWHILE = _told(
    "hidden_meanwhile", _("{post} is hidden until a moderator has looked at it"), "eye-off", ""
)
UNLISTED = _told("unlisted", _("{post} was taken off the lists"), "eye-off")
REDACTED = _told("redacted", _("Words were taken out of {post}"), "pencil-line")
ASKED_TO_EDIT = _told("asked_to_edit", _("A moderator asks you to edit {post}"), "pencil-line")
EDIT_ACCEPTED = _told("edit_accepted", _("Your edit of {post} was accepted"), "check")
WARNED = _told("warned", _("A moderator wrote to you about {post}"), "scale")
SILENCED = _told("silenced", _("Your right to write in {space} is paused"), "lock")
SUSPENDED = _told("suspended", _("Your right to write is paused"), "lock")
LIFTED = _told("lifted", _("You can write again"), "lock-open")
MOVED_BY_MODERATOR = _told("moved_by_moderator", _("{post} was moved"), "split")
HELD_BACK = declare(
    Verb(
        "held_back",
        _("{post} waits for a moderator"),
        "hourglass",
        tells=frozenset({ABOUT, ACTOR}),
        page=WAITS,
    )
)
EDIT_HELD = declare(
    Verb(
        "edit_held",
        _("Your change of {post} waits for a moderator"),
        "hourglass",
        tells=frozenset({ABOUT, ACTOR}),
        page=WAITS,
    )
)
EDIT_PUBLISHED = _told("edit_published", _("Your change of {post} was published"), "check", "")
EDIT_REFUSED = _told("edit_refused", _("Your change of {post} was not published"), "scale")
HELD_PUBLISHED = _told("held_published", _("{post} was published"), "check", "")
HELD_REFUSED = _told("held_refused", _("{post} was not published"), "scale")
DECIDED = declare(Verb("decided", _("{actor} decided a case"), "scale"))
UNDONE = _told("decision_undone", _("A decision about {post} was taken back"), "history")
HANDED_OVER = _told("case_handed_over", _("{actor} handed a case over to you"), "hand", CASE)
APPEALED = declare(Verb("appealed", _("{actor} appealed"), "scale"))
APPEAL_DECIDED = _told("appeal_decided", _("Your appeal about {post} was decided"), "scale", APPEAL)
CLOSED = declare(Verb("closed_quiet", _("{post} was closed"), "lock"))
REOPENED = declare(Verb("opened_again", _("{post} was opened again"), "lock-open"))
ARRANGED = declare(Verb("arranged", _("{actor} changed the arrangements of {space}"), "sliders-horizontal"))
