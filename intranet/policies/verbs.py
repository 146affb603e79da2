"""The deeds around policies."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, SPACE, Verb, declare

POLICY_PUBLISHED = declare(
    Verb("policy_published", _("{actor} published the policy {post}"), "scale", tells=frozenset({SPACE}))
)
POLICY_CHANGED = declare(
    Verb("policy_changed", _("{actor} changed the policy {post}"), "scale", tells=frozenset({SPACE}))
)
ACKNOWLEDGED = declare(Verb("acknowledged", _("{actor} read {post}"), "check"))
REMINDED = declare(
    Verb("policy_reminded", _("{post} waits for you to read it"), "clock", tells=frozenset({ABOUT}))
)
REVIEWED = declare(Verb("policy_reviewed", _("{actor} looked {post} over: it is still right"), "check"))
MANDATE_GIVEN = declare(
    Verb("mandate_given", _("{actor} gave you a mandate to speak"), "briefcase", tells=frozenset({ABOUT}))
)
MANDATE_ENDED = declare(
    Verb("mandate_ended", _("{actor} ended your mandate to speak"), "briefcase", tells=frozenset({ABOUT}))
)
