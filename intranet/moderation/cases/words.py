"""Ready reasons, made from the clause that is cited, in the language of the person who will read them."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

READY = {
    "rule": _("The rule is: “%(quote)s” (%(policy)s, %(number)s). This post goes against it."),
    "kind": _(
        "You may well be right in the matter. The way it is said goes against “%(title)s” (%(policy)s, %(number)s): "
        "%(quote)s"
    ),
    "edit": _(
        "Most of this is useful and should stay. Change the part that goes against “%(title)s” (%(policy)s, %(number)s), "
        "and it can be read by all again."
    ),
    "place": _("This is useful, and it belongs elsewhere: see “%(title)s” (%(policy)s, %(number)s)."),
    "again": _(
        "This was pointed out before. “%(title)s” (%(policy)s, %(number)s) holds for everybody: %(quote)s"
    ),
    "fine": _("Somebody asked us to look at this. It is in line with “%(title)s”, so nothing changes."),
}
"""What a moderator can say with one press, by name."""

LABELS = [
    ("", _("My own words only")),
    ("rule", _("Quote the rule")),
    ("kind", _("Right in the matter, wrong in tone")),
    ("edit", _("Useful; one part has to change")),
    ("place", _("Useful; belongs elsewhere")),
    ("again", _("Not the first time")),
    ("fine", _("Nothing wrong with it")),
]


def ready_words(name: str, clause: Any, language: str) -> str:
    """The ready reason `name` about `clause`, in `language`; empty for an unknown name."""
    if name not in READY:
        return ""
    with translation.override(language):
        return str(READY[name]) % {
            "quote": clause.quote,
            "title": clause.title or clause.anchor,
            "policy": clause.version.policy.label,
            "number": clause.number,
        }
