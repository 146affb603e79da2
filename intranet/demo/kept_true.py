"""An article that a reader doubts, and two communities of which one would become part of the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.merging import actions as merging
from communities.merging.reading import new_readers
from intranet.content.models import Space
from intranet.people.models import User
from kms.articles.models import ArticlePage
from kms.articles.remarks import remark

DOUBT = (
    "hiba",
    "מאז שהוחלפו המסבים בספטמבר נמדדות בשטח 9 דקות קשת גם אחרי הרצה. כדאי לבדוק אם הגבול עוד נכון.",
)
MERGER = ("firmware", "actuators", "Two in three questions here end with an answer from Actuators.")


def show_kept_true(people: Mapping[str, User], spaces: Mapping[str, Space], *, now: datetime) -> None:
    """Let the owner of Actuators find a proposal to answer, and readers an article that is doubted."""
    doubter, words = DOUBT
    page = ArticlePage.objects.filter(live=True).with_people().order_by("pk").first()
    if page and doubter in people:
        remark(author=people[doubter], page=page, source=words, doubts=True, at=now - timedelta(hours=30))
    source, target, note = MERGER
    if source in spaces and target in spaces:
        place, into = spaces[source], spaces[target]
        merging.propose(
            actor=place.charter.owner,
            space=place,
            into=into,
            note=note,
            readers=new_readers(place, into),
            at=now - timedelta(hours=5),
        )
