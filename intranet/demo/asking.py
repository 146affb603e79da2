"""Questions that were asked by name, anonymously or urgently, ready answers, and an article that grew from an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.canned.actions import save_canned
from communities.charters.models import Charter
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from intranet.content.kinds import PostState
from intranet.content.models import Space
from intranet.people.models import User
from kms.articles import actions as articles

READY = (
    (
        "actuators",
        "Warm zero",
        "Zero the encoder **warm**: run it for ten minutes, then set the zero point. Cold zero drifts by up to 0.3°.",
    ),
    (
        "actuators",
        "איזה גריז לקור",
        "מתחת ל־20°- מגרזים ב־LT-2 בלבד. כמות: מזרק אחד למסב. אחרי הגירוז מריצים רבע שעה בלי עומס.",
    ),
)
ANONYMOUS = (
    "actuators",
    "roni",
    "מה עושים כשמבקשים לדלג על בדיקת המומנט?",
    "ביקשו ממני לסמן בדיקה שלא נעשתה, כי המשלוח מאחר. מה נכון לעשות, ולמי פונים?",
)
URGENT = (
    "actuators",
    "hiba",
    "AX-60 stops at −18 °C on a customer's crane, what can I try on site?",
    "It turns free by hand, and the motor draws 40% more than at +5 °C.",
    "A crane stands until it turns again",
)


def show_asking(people: Mapping[str, User], spaces: Mapping[str, Space], *, now: datetime) -> None:
    """Make all of it visible in Actuators, where people of the demo look first."""
    place = Space.objects.select_related("charter").get(pk=spaces["actuators"].pk)
    Charter.objects.filter(space=place).update(anonymous_allowed=True)
    place.charter.anonymous_allowed = True
    for slug, name, body in READY:
        save_canned(actor=spaces[slug].charter.owner, space=spaces[slug], name=name, body=body)
    _slug, asker, title, source = ANONYMOUS
    asked = questions.ask(
        author=people[asker],
        space=place,
        title=title,
        source=source,
        anonymous=True,
        at=now - timedelta(hours=20),
    )
    text = "לא מסמנים בדיקה שלא נעשתה. אפשר לפנות למנהלת האיכות, וגם אליי: נדחה את המשלוח ביום."
    questions.answer(author=people["noa"], question=asked.post, source=text, at=now - timedelta(hours=17))
    _slug, asker, title, source, reason = URGENT
    questions.ask(
        author=people[asker],
        space=place,
        title=title,
        source=source,
        urgent=reason,
        to="experts",
        at=now - timedelta(hours=2),
    )
    _grow_an_article(place, now)


def _grow_an_article(place: Space, now: datetime) -> None:
    """The oldest accepted answer of the community, published by its owner; another one is left as a draft."""
    solved = QuestionDetail.objects.filter(
        post__space=place, accepted__state=PostState.PUBLISHED, post__state=PostState.PUBLISHED
    )
    keeper = place.charter.owner
    for detail in solved.select_related("accepted__root", "accepted__space").order_by("post__created")[:2]:
        page = articles.promote(actor=keeper, answer=detail.accepted)
        if page.pk and not QuestionDetail.objects.filter(article__isnull=False).exists():
            articles.publish(actor=keeper, page=page, at=now - timedelta(days=30))
