"""The deeds of articles."""

from django.utils.translation import gettext_lazy as _

from intranet.activity.verbs import ABOUT, ACTOR, SPACE, THREAD, Verb, declare

ARTICLE_BEGUN = declare(
    Verb(
        "article_begun",
        _("{actor} makes an article of your answer {post}"),
        "book-open",
        tells=frozenset({ABOUT}),
    )
)
ARTICLE_PUBLISHED = declare(
    Verb(
        "article_published",
        _("{actor} published the article {post}"),
        "book-open",
        evidence="document",
        tells=frozenset({SPACE}),
    )
)
ARTICLE_CHANGED = declare(
    Verb("article_changed", _("{actor} changed the article {post}"), "pencil-line", tells=frozenset({THREAD}))
)
ARTICLE_VERIFIED = declare(
    Verb(
        "article_verified",
        _("{actor} says that {post} is still true"),
        "badge-check",
        tells=frozenset({THREAD}),
    )
)
ARTICLE_REMARKED = declare(
    Verb(
        "article_remarked",
        _("{actor} commented on an article that you keep: {post}"),
        "messages-square",
        tells=frozenset({ABOUT}),
    )
)
ARTICLE_DOUBTED = declare(
    Verb(
        "article_doubted",
        _("{actor} says that something in {post} is no longer true"),
        "circle-help",
        tells=frozenset({ABOUT}),
    )
)
ARTICLE_DUE = declare(
    Verb("article_due", _("The review of {post} is due"), "clock", tells=frozenset({ABOUT, ACTOR}))
)
ARTICLE_OVERDUE = declare(
    Verb(
        "article_overdue",
        _("Nobody has reviewed {post}, and it comes to you"),
        "triangle-alert",
        tells=frozenset({ABOUT, ACTOR}),
    )
)
