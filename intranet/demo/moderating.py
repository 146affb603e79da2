"""Moderation of the demo organisation: what was decided, appealed, looked at first and closed, beside deeds.toml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from communities.threads import actions as talks
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.demo.writing import Written
from intranet.moderation import actions as moderation
from intranet.moderation.appeals.actions import appeal, decide_appeal
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.standing import actions as standing
from intranet.people.models import User
from intranet.policies.models import ClauseVersion, PolicyVersion

RIGHT_PLACE = "communities-terms#right-place"


class _Desk:
    """The people, clauses and threads of the world, at hand."""

    def __init__(
        self,
        people: Mapping[str, User],
        space: Space,
        policies: Mapping[str, PolicyVersion],
        written: Written,
        now: datetime,
    ) -> None:
        self.people, self.space, self.policies = people, space, policies
        self.written, self.now = written, now

    def clause(self, name: str) -> ClauseVersion:
        """The clause `policy#anchor` of the current version."""
        slug, anchor = name.split("#")
        return self.policies[slug].clauses.get(anchor=anchor)

    def remark(self, by: str, thread: str, source: str, *, days: float) -> Post:
        """A comment that was written below the opening post of a thread some days ago."""
        parent = self.written.post(thread, 0)
        write = talks.comment if parent.kind == PostKind.QUESTION else talks.reply
        moment = self.now - timedelta(days=days)
        return write(author=self.people[by], parent=parent, source=source, at=moment).post

    def decided(self, post: Post, flagger: str, decider: str, outcome: str, note: str, **more: Any) -> Any:
        """Flag `post` and decide about it an hour later."""
        clause = self.clause(more.pop("clause", RIGHT_PLACE))
        case = moderation.flag(
            reporter=self.people[flagger], post=post, clause=clause, at=post.created + timedelta(hours=1)
        ).case
        return moderation.decide(
            actor=self.people[decider],
            case=case,
            outcome=outcome,
            clause=clause,
            note=note,
            at=post.created + timedelta(hours=2),
            **more,
        )


def do(
    people: Mapping[str, User],
    space: Space | None,
    policies: Mapping[str, PolicyVersion],
    written: Written,
    *,
    now: datetime,
) -> None:
    """Decide some cases in `space`, leave an appeal waiting, look at one post first. Only where the threads are."""
    if space is None or not {"cable-ants", "ladder-install"} <= set(written.threads):
        return
    desk = _Desk(people, space, policies, written, now)
    _decide(desk)
    _look_first(desk)


def _decide(desk: _Desk) -> None:
    tyres = desk.remark(
        "shadi", "cable-ants", "While we are at it: two winter tyres, 195/65, one season, ask me.", days=9
    )
    note = "There is a board for private sales. This place is for field work."
    hidden = desk.decided(tyres, "moran", "tomer", "hide", note)
    made = appeal(
        appellant=desk.people["shadi"],
        against=hidden,
        text="They fit the service vans. I should have said so.",
    )
    note = "For the vans it belongs here. Say so in the first line."
    decide_appeal(actor=desk.people["beata"], appeal=made, overturned=True, note=note)
    ride = desk.remark(
        "bilal", "cable-ants", "יש מקום לשניים ברכב לחיפה ביום חמישי, ב־06:30 מהשער הצפוני.", days=2
    )
    hidden = desk.decided(ride, "stas", "tomer", "hide", "לנסיעות יש לוח משלהן. כאן עוסקים בעבודת שטח.")
    appeal(
        appellant=desk.people["bilal"],
        against=hidden,
        text="זו נסיעה לאתר של לקוח, עם ציוד. זו כן עבודת שטח.",
    )
    phone = desk.remark("arkadi", "ladder-install", "אפשר להתקשר אליי הביתה, 050-0000000, בכל שעה.", days=3)
    note = "הטלפון הפרטי יצא מהפוסט, כדי שלא יישאר כאן לתמיד. כל השאר עומד במקומו."
    desk.decided(phone, "moran", "tomer", "redact", note, means=Means(words="050-0000000"))


def _look_first(desk: _Desk) -> None:
    owner = desk.people["hiba"]
    standing.arrange(actor=owner, space=desk.space, close_solved_after_days=180)
    standing.look_first(actor=owner, space=desk.space, person=desk.people["adi"], wanted=True)
    desk.remark("adi", "ladder-install", "I did the last three alone. It works if you are quick.", days=0.1)
