"""Suggestions of the demo organisation: private notices that were decided over half a year, what they teach, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from communities.threads import actions as talks
from intranet.content.models import Post, Space
from intranet.likeness import learning, suggesting
from intranet.moderation import actions as moderation
from intranet.moderation.kinds import Outcome
from intranet.people.models import User
from intranet.policies.naming import clause_named

KEEPER, PLACE, CLAUSE = "tomer", "field-service", "communities-terms#right-place"

FLAGGERS = ("moran", "stas", "adi", "jan")

NOTICES: tuple[tuple[str, str, str], ...] = (
    (
        "shadi",
        "Mountain bike, hardly ridden",
        "Selling my mountain bike, good brakes, price 900, pick up in Haifa.",
    ),
    ("bilal", "ספה תלת־מושבית", "מוכר ספה במצב טוב, מחיר 600 ש״ח, איסוף מחיפה."),
    ("paul", "Washing machine", "Selling a washing machine, works well, price 400, pick up after work."),
    ("neta", "מכונת כביסה", "מוכרים מכונת כביסה, מצב מצוין, מחיר 700 ש״ח, איסוף עצמי."),
    (
        "henrik",
        "Two tickets for Saturday",
        "Selling two tickets for the match, good seats, price 120 for both.",
    ),
    ("arkadi", "כרטיסים להופעה", "מוכר שני כרטיסים להופעה בשבת, מחיר 300 ש״ח לשניהם."),
    ("filip", "Winter tyres", "Selling four winter tyres, one season, good tread, price 250, pick up."),
    ("shaked", "עגלת תינוק", "מוכרת עגלת תינוק במצב מצוין, מחיר 350 ש״ח, איסוף מכרמיאל."),
    ("emma", "Desk and chair", "Selling a desk and a chair, good condition, price 150, pick up this week."),
    ("stas", "אופניים לילדים", "מוכר אופניים לילדים, מצב טוב, מחיר 200 ש״ח, איסוף עצמי."),
    (
        "carmel",
        "Flat near the plant",
        "Renting out a flat near the plant, two rooms, price on request, pick up keys.",
    ),
    ("moran", "דירה להשכרה", "משכירה דירה ליד המפעל, שני חדרים, מחיר 3,200 ש״ח לחודש."),
    ("shadi", "Child's car seat", "Selling a child's car seat, good condition, price 180, pick up in Haifa."),
    ("bilal", "כיסא לרכב", "מוכר כיסא בטיחות לרכב, מצב מצוין, מחיר 250 ש״ח, איסוף מחיפה."),
    ("paul", "Old television", "Selling a television, good picture, price 200, pick up after work."),
    ("neta", "מקרר קטן", "מוכרים מקרר קטן, מצב טוב, מחיר 400 ש״ח, איסוף עצמי השבוע."),
    ("henrik", "Ski boots", "Selling ski boots, size 43, hardly worn, price 90, pick up after work."),
    ("arkadi", "שולחן אוכל", "מוכר שולחן אוכל ושישה כיסאות, מצב טוב, מחיר 800 ש״ח, איסוף."),
    ("filip", "Camera with two lenses", "Selling a camera with two lenses, good condition, price 600."),
    ("shaked", "מיטת תינוק", "מוכרת מיטת תינוק עם מזרן, מצב מצוין, מחיר 300 ש״ח, איסוף עצמי."),
    (
        "emma",
        "Moving sale",
        "Selling shelves, a lamp and a sofa, good condition, price for each in the list.",
    ),
    ("stas", "אקווריום", "מוכר אקווריום עם משאבה, מצב טוב, מחיר 150 ש״ח, איסוף מחיפה."),
    ("carmel", "Concert tickets", "Selling two tickets for the concert on Thursday, price 200 for both."),
    ("moran", "אופניים חשמליים", "מוכרת אופניים חשמליים, סוללה טובה, מחיר 2,400 ש״ח, איסוף."),
)
"""Who wrote it, the title, the text: one a week, the oldest first."""

FRESH = (
    "jan",
    "Bicycle trailer",
    "Selling a bicycle trailer, good condition, price 130, pick up after work.",
)


def liken(people: Mapping[str, User], spaces: Mapping[str, Space], *, now: datetime) -> None:
    """Decide the notices, learn from them, write one more and suggest it. Only where the people and the place are."""
    clause = clause_named(CLAUSE)
    writers = {name for name, *_text in (*NOTICES, FRESH)}
    if clause is None or PLACE not in spaces or not writers <= people.keys():
        return
    keeper = people[KEEPER]
    for number, notice in enumerate(NOTICES):
        written = now - timedelta(days=7 * (len(NOTICES) - number))
        post = _write(people, spaces[PLACE], notice, written)
        case = moderation.flag(
            reporter=people[_flagger(number, post)], post=post, clause=clause, at=written + timedelta(hours=1)
        ).case
        moderation.decide(
            actor=keeper,
            case=case,
            outcome=Outcome.HIDE,
            clause=clause,
            note="There is a board for private notices. · למודעות פרטיות יש לוח משלהן.",
            at=written + timedelta(hours=3),
        )
    suggesting.switch(actor=keeper, on=True)
    learning.learn_anew()
    _write(people, spaces[PLACE], FRESH, now - timedelta(hours=5))
    suggesting.suggest()


def _write(people: Mapping[str, User], space: Space, notice: tuple[str, str, str], at: datetime) -> Post:
    by, title, source = notice
    return talks.start(
        author=people[by], space=space, kind="discussion", title=title, source=source, at=at
    ).post


def _flagger(number: int, post: Post) -> str:
    """Somebody else than who wrote it."""
    chosen = FLAGGERS[number % len(FLAGGERS)]
    return chosen if chosen != post.author.username else "hiba"
