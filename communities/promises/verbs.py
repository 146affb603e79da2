"""The deeds around a community's promise."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, Verb, declare

PROMISED = declare(Verb("promised", _("{actor} changed what {space} promises"), "clock"))
TURNS_SET = declare(Verb("turns_set", _("{actor} changed the turns of duty in {space}"), "users"))
TURN_GIVEN = declare(
    Verb(
        "turn_given",
        _("{actor} gave you a week of duty in {space}"),
        "users",
        tells=frozenset({ABOUT}),
    )
)
EXPLAINED = declare(Verb("explained", _("{actor} said why {post} was answered late"), "info"))
