"""What the pages of introductions show, in the words of the reader. Never who answered what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.questions.models import Question
from intranet.access import visibility
from intranet.content.models import Post, Space, Tag
from intranet.people.models import User
from intranet.settings import product
from kms.consent.models import Standing
from kms.introductions.calendar import Meeting
from kms.introductions.effect import Effect, Share
from kms.introductions.measuring import Judgement, Line
from kms.introductions.models import Arm, Candidate, Introduction, Kind, Side, Stage
from kms.network import sources
from kms.network.names import Names

SHOWN = 20
"""Suggestions on a page."""
QUESTIONS = 12
"""Open questions offered as a pretext."""


@dataclass(frozen=True)
class Suggestion:
    """A pair that may be introduced, with the reasons in words."""

    candidate: Candidate
    low: User
    high: User
    reasons: list[SafeString]


def suggestions(limit: int = SHOWN) -> list[Suggestion]:
    """Offered pairs that nobody has introduced yet and whose people still take part and have room, the best of
    both kinds in turns.
    """
    taking = Standing.objects.filter(introduced=True, counted=True).values("person")
    full = _people_with_full_hands()
    rows = (
        Candidate.objects.filter(arm=Arm.OFFERED, introduction=None, low__in=taking, high__in=taking)
        .filter(low__is_active=True, high__is_active=True)
        .exclude(Q(low__in=full) | Q(high__in=full))
        .select_related("low__unit", "high__unit", "topic")
        .order_by("-snapshot_id", "-score", "pk")
    )
    lists = [rows.filter(kind=kind)[: limit // 2] for kind in (Kind.BRIDGING, Kind.LIKELY)]
    return _in_words([row for turn in zip_longest(*lists) for row in turn if row])


def _people_with_full_hands() -> list[int]:
    sides: dict[int, int] = {}
    for person in Introduction.objects.under_way().values_list("sides__person", flat=True):
        sides[person] = sides.get(person, 0) + 1
    return [person for person, count in sides.items() if count >= product.INTRODUCTIONS_OPEN]


def suggestion(candidate: Candidate) -> Suggestion:
    """One pair in words."""
    return _in_words([candidate])[0]


def _in_words(rows: list[Candidate]) -> list[Suggestion]:
    slugs = {slug for row in rows for reason in row.reasons for slug in reason["topics"]}
    topics = {tag.slug: tag.label for tag in Tag.objects.filter(slug__in=slugs)}
    names = Names({group for row in rows for group in row.groups})
    return [
        Suggestion(row, row.low, row.high, [_reason(reason, row, topics, names) for reason in row.reasons])
        for row in rows
    ]


def _reason(reason: Mapping[str, Any], row: Candidate, topics: Mapping[str, str], names: Names) -> SafeString:
    code, numbers = reason["code"], reason["numbers"]
    low, high = (format_html("<bdi>{}</bdi>", person.display_name) for person in (row.low, row.high))
    about = format_html_join(", ", "<bdi>{}</bdi>", ((topics.get(slug, slug),) for slug in reason["topics"]))
    if code == "shared_contacts":
        count = int(numbers["count"])
        return format_html(
            ngettext("They have {n} contact in common.", "They have {n} contacts in common.", count), n=count
        )
    if code == "far_apart":
        steps = int(numbers["steps"])
        if not steps:
            return escape(_("No chain of ties leads from one to the other."))
        return format_html(_("They are {n} steps apart."), n=steps)
    if code == "asks_offers":
        return format_html(
            _("{low} asks about {topics}; {high} answers there."), low=low, high=high, topics=about
        )
    if code == "offers_asks":
        return format_html(
            _("{high} asks about {topics}; {low} answers there."), low=low, high=high, topics=about
        )
    one, other = (format_html("<bdi>{}</bdi>", names.label(group)) for group in reason["groups"])
    return format_html(_("{one} and {other} have fewer ties than expected."), one=one, other=other)


def questions_for(candidate: Candidate) -> QuerySet[Post]:
    """Open questions that both can read, on a topic of the pair or asked by one of them, newest first."""
    slugs = {slug for reason in candidate.reasons for slug in reason["topics"]}
    rows = Question.objects.unanswered().published().exclude(space__visibility=visibility.SECRET)
    for person in (candidate.low, candidate.high):
        rows = rows.filter(visibility.posts_seen_by(person))
    wanted = Q(tags__slug__in=slugs) | Q(author__in=(candidate.low_id, candidate.high_id))
    return Post.objects.filter(pk__in=rows.filter(wanted).values("pk")).order_by("-created")[:QUESTIONS]


def under_way(limit: int = SHOWN) -> list[Introduction]:
    """Introductions of everybody, newest first, for a knowledge manager."""
    rows = Introduction.objects.select_related(
        "candidate__low__unit", "candidate__high__unit", "candidate__topic", "asked_by"
    )
    return list(rows.order_by("-asked_at", "-pk")[:limit])


@dataclass(frozen=True)
class Mine:
    """An introduction as one of the two sees it."""

    introduction: Introduction
    side: Side
    other: User
    spaces: list[Space]

    @property
    def is_open(self) -> bool:
        return self.introduction.stage == Stage.ASKED

    @property
    def may_meet(self) -> bool:
        return self.introduction.stage in {Stage.AGREED, Stage.MET}


def mine(person: User) -> list[Mine]:
    """My introductions, newest first, with the communities in which both could meet: three queries."""
    sides = list(
        Side.objects.filter(person=person)
        .select_related(
            "introduction__candidate__low__unit",
            "introduction__candidate__high__unit",
            "introduction__candidate__topic",
            "introduction__asked_by",
            "introduction__question",
            "introduction__thread",
        )
        .order_by("-introduction__asked_at", "-pk")[:SHOWN]
    )
    shared = _shared_spaces(person, [_other(side) for side in sides])
    return [Mine(side.introduction, side, _other(side), shared[_other(side).pk]) for side in sides]


def _other(side: Side) -> User:
    pair = side.introduction.candidate
    return pair.high if pair.low_id == side.person_id else pair.low


def _shared_spaces(person: User, others: Iterable[User]) -> dict[int, list[Space]]:
    """By id of the other: communities that both are members of, else the open ones of which the person is a member."""
    joined = (
        Space.objects.communities()
        .joined_by(person)
        .filter(archived_at=None)
        .exclude(visibility=visibility.SECRET)
    )
    spaces = list(joined.entered_by(person).distinct())
    rows = Space.objects.filter(
        pk__in=[space.pk for space in spaces], memberships__person__in=others
    ).values_list("pk", "memberships__person")
    both = {(space, member) for space, member in rows}
    return {
        other.pk: [
            space for space in spaces if (space.pk, other.pk) in both or space.visibility == visibility.OPEN
        ]
        for other in others
    }


def meeting_of(row: Mine, address: str) -> Meeting:
    """The meeting of an introduction as the calendar of one of the two has it, in their language."""
    one = row.introduction
    assert one.meet_at is not None
    return Meeting(
        key=f"introduction-{one.pk}@kesher",
        at=one.meet_at,
        title=_("Getting to know %(name)s") % {"name": row.other.display_name},
        text=f"{one.pretext}\n{address}",
        place=one.place,
        address=address,
    )


def waiting_for(person: User) -> int:
    """How many introductions wait for an answer of `person`."""
    return Side.objects.filter(person=person, answer="waiting", introduction__stage=Stage.ASKED).count()


@dataclass(frozen=True)
class Adoption:
    """What became of suggestions, as counts; None where too few people stand behind a count."""

    offered: int
    asked: int | None
    agreed: int | None
    met: int | None


def adoption() -> Adoption:
    """Suggestions offered, asked, agreed and met so far."""
    rows = Introduction.objects.values_list("stage", flat=True)
    stages = list(rows)
    agreed = sum(stage in {Stage.AGREED, Stage.MET} for stage in stages)
    met = stages.count(Stage.MET)
    offered = Candidate.objects.filter(arm=Arm.OFFERED).count()
    return Adoption(offered, *(_shown(count) for count in (len(stages), agreed, met)))


def _shown(count: int) -> int | None:
    return count if not count or count >= product.SNA_PAIR_FLOOR else None


def taking_part() -> tuple[int | None, int]:
    """How many people take part in introductions (None where too few), and how many are counted in all."""
    chosen = Standing.objects.filter(introduced=True, counted=True).values("person")
    everybody = sources.counted()
    return _shown(everybody.filter(pk__in=chosen).count()), everybody.count()


@dataclass(frozen=True)
class Row:
    """One line of the comparison as text."""

    line: Line
    introduced: str
    others: str
    difference: str


def rows_of(judgement: Judgement) -> list[Row]:
    """The lines of a judgement in the reader's words; shares of few pairs are not told."""
    return [
        Row(line, _told(line.introduced), _told(line.others), _difference(line.effect))
        for line in judgement.lines
    ]


def _told(share: Share) -> str:
    if 0 < share.of < product.SNA_PAIR_FLOOR:
        return "–"
    return _("%(part)d of %(all)d") % {"part": share.hits, "all": share.of}


def _difference(effect: Effect) -> str:
    """Percentage points with their interval, empty when there are too few pairs."""
    if not effect.enough:
        return ""
    low, mean, high = (
        f"{100 * value:+.0f}".replace("-", "−") for value in (effect.low, effect.difference, effect.high)
    )
    return f"{mean} ({low} … {high})"
