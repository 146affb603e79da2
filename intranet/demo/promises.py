"""Working hours, turns of duty and questions in every state, as the demo organisation has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from communities.promises import actions as promises
from communities.promises.actions import Working
from communities.promises.models import Counting, Week
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.reminding.actions import speak
from communities.standing import actions as standing
from communities.standing import claims
from communities.standing.praise import praise
from intranet.content.kinds import ReactionKind
from intranet.content.models import Post, Space
from intranet.demo.records import Content
from intranet.demo.writing import Written
from intranet.people.models import User
from intranet.posting import actions as posting

HOLIDAYS = (
    (date(2027, 4, 22), "פסח"),
    (date(2027, 4, 28), "שביעי של פסח"),
    (date(2027, 5, 12), "יום העצמאות"),
    (date(2027, 10, 3), "ראש השנה"),
)
ABROAD = (
    (date(2026, 12, 25), "Christmas"),
    (date(2027, 1, 1), "New Year"),
    (date(2027, 5, 3), "Constitution Day"),
)
WITH_PARTNERS = "suppliers"
"""The community in which partners abroad take part: it works their days, and by the hours of an office."""


def set_hours(content: Content, people: Mapping[str, User], spaces: Mapping[str, Space]) -> None:
    """Give each community its calendar and its turns: the duty person first, then those who run it."""
    for slug, community in content.communities.items():
        owner, space = people[community.owner], spaces[slug]
        working = Working(holidays=HOLIDAYS)
        if slug == WITH_PARTNERS:
            working = Working(
                hours=18,
                week=Week.MONDAY_TO_FRIDAY,
                counting=Counting.WORKING_HOURS,
                zone="Europe/Warsaw",
                holidays=ABROAD,
            )
        promises.set_hours(actor=owner, space=space, working=working, at=space.created)
        turns = dict.fromkeys((community.duty, *community.managers, community.owner))
        promises.set_turns(
            actor=owner, space=space, people=[people[name] for name in turns], at=space.created
        )


def stir(people: Mapping[str, User], written: Written, *, now: datetime) -> None:
    """Bring questions into the states that their answers alone do not give them, and let the clock speak."""
    threads = written.threads
    if "stack-usage" in threads:
        _ask_back(people["darya"], threads["stack-usage"][0])
    if "can-timeout-215" in threads:
        _answer_too(people["piotr"], threads["can-timeout-215"][0], now)
        _ask_again(people, threads["can-timeout-215"][0], now)
    if "cart-wheels" in threads:
        note = "העגלות הוחלפו בחודש שעבר, והגלגלים החדשים שקטים."
        question = threads["cart-wheels"][0]
        standing.retire(actor=people["linoy"], question=question, note=note, at=now - timedelta(days=2))
    if "grease-cold" in threads:
        _help_others(people, threads["grease-cold"], now)
    if "six-month-life" in threads:
        reason = "מי שמכיר את נתוני השדה היה בהתקנה, והתור לא עבר הלאה."
        promises.explain(actor=people["gilad"], question=threads["six-month-life"][0], reason=reason, at=now)
    if "watchdog-why" in threads:
        claims.claim(actor=people["piotr"], question=threads["watchdog-why"][0], at=now)
    speak(now)


def _ask_back(expert: User, question: Post) -> None:
    note = "איזו גרסה של מערכת ההפעלה, ועל איזה לוח? המדידה תלויה בשניהם."
    standing.ask_back(actor=expert, question=question, note=note, at=question.created + timedelta(hours=5))


def _ask_again(people: Mapping[str, User], original: Post, now: datetime) -> None:
    """Somebody in the field asks what firmware has answered before, and is led there."""
    asked = questions.ask(
        author=people["adi"],
        space=original.space,
        title="יחידה מאבדת heartbeat אחרי חודש וחצי בשדה. מוכר?",
        source="שני לקוחות, אותה תקופה בערך. אחרי כיבוי והדלקה הכול חוזר.",
        tags=["firmware"],
        at=now - timedelta(days=6),
    ).post
    standing.repeat(
        actor=people["ehud"], question=asked, original=original, at=asked.created + timedelta(hours=3)
    )


def _answer_too(expert: User, question: Post, now: datetime) -> None:
    """A second answer, which the asker finds good as well."""
    at = min(question.created + timedelta(days=2), now)
    source = (
        "Until you can update: restart the node once a month from the gateway. "
        "We ran forty units like that for half a year and lost none."
    )
    answer = questions.answer(author=expert, question=question, source=source, at=at).post
    praise(actor=question.author, answer=answer, good=True, at=min(at + timedelta(days=1), now))


def _help_others(people: Mapping[str, User], posts: list[Post], now: datetime) -> None:
    """Readers whom the accepted answer helped too."""
    accepted = QuestionDetail.objects.get(post=posts[0]).accepted
    at = min(accepted.created + timedelta(days=9), now)
    for reader in ("bilal", "moran", "ziad"):
        posting.react(person=people[reader], post=accepted, value=1, kind=ReactionKind.HELPED, at=at)
