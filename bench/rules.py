"""What rules cost: five hundred of them on a post against none, and patterns that were written to run away.

    ./kesher manage shell -c "from bench.rules import main; main()"

Needs the demo organisation; all that is written is taken back. Rounds with and without rules take turns, so that other
work on the machine disturbs both alike, and the ratio of their medians is what counts.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator

from django.db import connection, transaction

from intranet.content.kinds import PostKind, SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.policies.models import ClauseVersion
from intranet.posting.actions import start
from intranet.posting.verbs import EDITED
from intranet.rules import patterns
from intranet.rules.kinds import RuleAction, RuleKind
from intranet.rules.models import Judgement, Rule, RuleSetVersion
from tests.rules.test_judging import RUNAWAY

RULES, ROUNDS, POSTS = 500, 12, 15
MOST_RATIO, MOST_SECONDS = 1.5, 0.05
SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "ברא", "גיל", "דום", "הפ", "זור", "חלט", "טיב", "ירק"]
TEXT = (
    "The seal on the left actuator weeps after the second cold start. נראה שהאטם השמאלי דולף אחרי ההפעלה השנייה, "
    "וגם הזרם גבוה מהרגיל ב־0.4 אמפר. Torque is within 2 % of the sheet, see https://example.org/ax40 for the plot. "
) * 4


def word(chance: random.Random) -> str:
    """An invented word."""
    return "".join(chance.choices(SYLLABLES, k=3))


def invented(author: User, clause: ClauseVersion) -> Iterator[Rule]:
    """As many rules as are wanted: mostly lists of words, a fifth patterns, some of every other kind."""
    chance = random.Random(1957)
    for number in range(RULES):
        kind = (RuleKind.WORDS, RuleKind.WORDS, RuleKind.WORDS, RuleKind.PATTERN, RuleKind.PERSONAL)[
            number % 5
        ]
        what = {
            RuleKind.WORDS: "\n".join(f"{word(chance)} {word(chance)}" for _phrase in range(6)),
            RuleKind.PATTERN: rf"\b{word(chance)}[- ]?\d{{2,4}}\b",
            RuleKind.PERSONAL: "id card iban",
        }[kind]
        if number % 25 == 24:
            kind, what = RuleKind.LINKS, ""
        yield Rule(
            id=1_000_000 + number, name=f"Rule {number}", kind=kind, what=what, limit=9, action=RuleAction.FLAG,
            author=author, clause=clause,
        )  # fmt: skip


def seconds_a_post(author: User, space: Space) -> float:
    """The median of writing some posts; they are taken back."""
    times = []
    with transaction.atomic():
        for number in range(POSTS):
            began = time.perf_counter()
            start(
                author=author,
                space=space,
                kind=PostKind.DISCUSSION,
                title=f"Seal {number}",
                verb=EDITED,
                source=TEXT,
            )
            times.append(time.perf_counter() - began)
        transaction.set_rollback(True)
    return statistics.median(times)


def posts() -> float:
    """How many times as long a post takes under five hundred rules as under none."""
    member = Membership.objects.filter(role=SpaceRole.MEMBER, space__archived_at=None, person__is_active=True)
    one = member.select_related("person", "space").earliest("pk")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE intranet_rulesetversion DISABLE TRIGGER rules_are_append_only")
        Judgement.objects.all().delete()
        RuleSetVersion.objects.all().delete()
        rules = [rule.facts() for rule in invented(one.person, ClauseVersion.objects.earliest("pk"))]
        free, under = [], []
        for _round in range(ROUNDS):
            free.append(seconds_a_post(one.person, one.space))
            with transaction.atomic():
                RuleSetVersion.objects.create(
                    number=1, rules=rules, change="added", name="all", by=one.person
                )
                under.append(seconds_a_post(one.person, one.space))
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    none, all_of_them = statistics.median(free), statistics.median(under)
    print(f"a post: {none * 1000:.1f} ms without rules, {all_of_them * 1000:.1f} ms under {RULES}")
    return all_of_them / none


def slowest_pattern() -> tuple[float, int]:
    """Seconds of the slowest pattern that is not refused, on 25,000 characters, and how many were refused."""
    text = "a" * 20_000 + "!" + "x" * 5_000
    slowest, refused = 0.0, 0
    for pattern in RUNAWAY:
        began = time.perf_counter()
        try:
            patterns.check(pattern)
        except patterns.BadPattern:
            refused += 1
            continue
        list(patterns.PatternSet({1: pattern}).matches(text))
        slowest = max(slowest, time.perf_counter() - began)
    return slowest, refused


def main() -> None:
    """Print both and fail when one is beyond its limit."""
    slowest, refused = slowest_pattern()
    print(f"{len(RUNAWAY)} patterns: {refused} refused, the slowest other {slowest * 1000:.1f} ms")
    ratio = posts()
    print(f"ratio {ratio:.2f}")
    if ratio > MOST_RATIO or slowest > MOST_SECONDS:
        raise SystemExit("Rules cost more than they may.")
