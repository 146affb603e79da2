"""The deeds around policies."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import SPACE, Verb, declare

POLICY_PUBLISHED = declare(
    Verb("policy_published", _("{actor} published the policy {post}"), "scale", tells=frozenset({SPACE}))
)
POLICY_CHANGED = declare(
    Verb("policy_changed", _("{actor} changed the policy {post}"), "scale", tells=frozenset({SPACE}))
)
ACKNOWLEDGED = declare(Verb("acknowledged", _("{actor} read {post}"), "check"))
