"""Tables of this app, for Django's sake."""

from kms.articles.models import ArticleIndexPage, ArticleLink, ArticlePage, Doubt, ReviewCall
from kms.consent.models import Standing
from kms.forums.models import ForumRequest
from kms.introductions.models import Candidate, Introduction, Outcome, Side
from kms.network.models import Delivery, Freeze, Interaction, Snapshot, SnapshotView, Subscription, TiePack
from kms.survey.models import Survey, Taking

__all__ = [
    "ArticleIndexPage",
    "ArticleLink",
    "ArticlePage",
    "Candidate",
    "Delivery",
    "Doubt",
    "ForumRequest",
    "Freeze",
    "Interaction",
    "Introduction",
    "Outcome",
    "ReviewCall",
    "Side",
    "Snapshot",
    "SnapshotView",
    "Standing",
    "Subscription",
    "Survey",
    "Taking",
    "TiePack",
]
