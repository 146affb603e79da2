"""The deeds around rules. They are told to nobody; the desk of rules shows them."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import Verb, declare

RULE_ADDED = declare(Verb("rule_added", _("{actor} added a rule"), "sliders-horizontal"))
RULE_CHANGED = declare(Verb("rule_changed", _("{actor} changed a rule"), "sliders-horizontal"))
RULE_SWITCHED = declare(Verb("rule_switched", _("{actor} switched a rule"), "sliders-horizontal"))
