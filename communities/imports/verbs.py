"""The deeds of an import. They tell nobody and make no tie: what they report happened elsewhere, long ago."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import Verb, declare

IMPORTED = declare(
    Verb("imported", _("{actor} brought {post} in from another site"), "download", evidence="imported")
)
ACCEPTED_ELSEWHERE = declare(
    Verb("accepted_elsewhere", _("{actor} accepted {post} on another site"), "k-knot", evidence="accepted")
)
