"""What the clock says, in the name of who waits: the clock itself is nobody."""

from django.utils.translation import gettext_lazy as _

from communities.questions.agenda import Step
from intranet.activity.verbs import ABOUT, Verb, declare

TOLD = frozenset({ABOUT})

VERBS = {
    Step.HALF: declare(
        Verb(
            "half_due", _("Half the time is over: {actor} waits for an answer to {post}"), "clock", tells=TOLD
        )
    ),
    Step.DUE: declare(
        Verb("came_due", _("The promise is past: {actor} waits for an answer to {post}"), "clock", tells=TOLD)
    ),
    Step.OWNER: declare(
        Verb(
            "escalated",
            _("Nobody answered in time, and it comes to you: {actor} asked {post}"),
            "triangle-alert",
            tells=TOLD,
        )
    ),
    Step.SETTLE: declare(
        Verb(
            "to_settle",
            _("{actor} answered {post}: does it solve it, or what is missing?"),
            "circle-help",
            tells=TOLD,
        )
    ),
    Step.RETURN: declare(
        Verb("to_return", _("{actor} still needs more from you to answer {post}"), "hourglass", tells=TOLD)
    ),
}
