"""What stands on a person's page, for one reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.evidence.kinds import weight
from experts.evidence.models import Evidence
from experts.finder.find import asked_lately, is_available
from experts.finder.words import why
from experts.profiles.models import CAP, Language, Profile
from intranet.content.models import Post, PostTag
from intranet.people.models import User

LINES = 500
OPEN_LINES = 4


@dataclass(frozen=True)
class TopicGroup:
    """The lines on one topic, those that weigh most first; `label` is empty for lines without a topic."""

    label: str
    why: str
    lines: Sequence[Evidence]

    @property
    def first(self) -> Sequence[Evidence]:
        return self.lines[:OPEN_LINES]

    @property
    def rest(self) -> Sequence[Evidence]:
        return self.lines[OPEN_LINES:]


@dataclass(frozen=True)
class Page:
    """A person, what they say, what they did, how much they were asked."""

    person: User
    profile: Profile
    mine: bool
    available: bool
    used: int
    groups: Sequence[TopicGroup]
    posts: Sequence[Post]

    @property
    def languages(self) -> str:
        return ", ".join(str(Language(code).label) for code in self.profile.languages)


def page_of(person: User, reader: User, *, now: datetime | None = None) -> Page:
    """The page of `person` as `reader` may see it; lines that are hidden or contested only to the person.

    A constant number of queries.
    """
    moment = now or timezone.now()
    profile = (
        Profile.objects.filter(person=person)
        .select_related("cover")
        .prefetch_related("ask_about", "wants_to_learn")
        .first()
    )
    mine = person.pk == reader.pk
    return Page(
        person=person,
        profile=profile or Profile(person=person, weekly_cap=CAP),
        mine=mine,
        available=is_available(person, profile, moment),
        used=asked_lately(reader, [person.pk], moment)[person.pk],
        groups=_groups(person, _lines(person, reader, mine=mine), moment),
        posts=_latest_posts(person, reader),
    )


def _lines(person: User, reader: User, *, mine: bool) -> list[Evidence]:
    rows = Evidence.objects.visible_to(reader).filter(person=person, amount__gt=0).for_lines()
    rows = rows.annotate(by_unit=F("by__unit_id")).defer(
        "words", "post__html", "post__source", "post__root__html"
    )
    return list((rows if mine else rows.counting())[:LINES])


def _groups(person: User, lines: Sequence[Evidence], now: datetime) -> list[TopicGroup]:
    """Each line once, under the topic of its own that most lines share; the heaviest topic first."""
    topics = _topics(lines)
    shared: dict[str, int] = defaultdict(int)
    for labels in topics.values():
        for label in labels:
            shared[label] += 1
    grouped: dict[str, list[Evidence]] = defaultdict(list)
    for line in lines:
        grouped[max(topics[line.pk], key=lambda label: (shared[label], label), default="")].append(line)
    made = [_group(person, label, members, now) for label, members in grouped.items()]
    return [group for _heavy, group in sorted(made, key=lambda each: (each[1].label == "", -each[0]))]


def _group(person: User, label: str, lines: list[Evidence], now: datetime) -> tuple[float, TopicGroup]:
    def heavy(line: Evidence) -> float:
        return 0.0 if line.state else weight(line.kind, line.amount, line.at, now)

    lines.sort(key=lambda line: (-heavy(line), -line.pk))
    counting = [line for line in lines if not line.state]
    words = why(person, counting, [], now) if counting else _("Nothing here counts at the moment.")
    return sum(map(heavy, lines)), TopicGroup(label, words, lines)


def _topics(lines: Sequence[Evidence]) -> dict[int, list[str]]:
    """`{line id: labels of its topics}`."""
    of_thread = defaultdict(list)
    threads = {line.post.thread_id for line in lines if line.post}
    for row in PostTag.objects.filter(post__in=threads).select_related("tag").order_by("tag__name"):
        of_thread[row.post_id].append(row.tag.label)
    return {line.pk: of_thread[line.post.thread_id] if line.post else [line.tag.label] for line in lines}


def _latest_posts(person: User, reader: User, most: int = 5) -> list[Post]:
    """What the person wrote last, where `reader` may read it."""
    written = Post.objects.visible_to(reader).published().filter(author=person)
    return list(written.select_related("root", "space").order_by("-created", "-id")[:most])
