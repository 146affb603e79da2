"""Finding who knows: people ranked by evidence that the reader may see, each with the lines behind the rank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from experts.evidence.kinds import EvidenceKind, fit, weight
from experts.evidence.models import Evidence
from experts.finder.matching import Match, matches
from experts.finder.words import why
from experts.profiles.models import CAP, Profile
from intranet.access import visibility
from intranet.activity.models import Event
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.people.models import User
from intranet.routing.candidates import Candidate
from intranet.routing.verbs import ASKED_OF

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Weighed:
    """A line and what it counts for this question now."""

    line: Evidence
    weight: float


@dataclass(frozen=True)
class Expert:
    """Somebody found: the candidate that routing weighs, the lines behind it and what the person says."""

    candidate: Candidate
    standing: float
    lines: tuple[Weighed, ...]
    profile: Profile | None

    @property
    def person(self) -> User:
        return self.candidate.person

    @property
    def score(self) -> int:
        """The standing of 100, which the list is ordered by."""
        return round(100 * self.standing)

    @property
    def fit(self) -> int:
        """How well the evidence fits the question, of 100."""
        return round(100 * self.candidate.fit)


def find(
    reader: User, question: str, topics: Sequence[str] = (), *, now: datetime | None = None
) -> list[Expert]:
    """People who know about `question`, best first, for `reader`. The number of queries is constant.

    Nothing that `reader` may not read is shown or counted: the same question can rank people differently for two
    readers.
    """
    moment = now or timezone.now()
    of_person: dict[int, list[Match]] = defaultdict(list)
    for match in matches(reader, question, topics):
        of_person[match.line.person_id].append(match)
    profiles = {
        row.person_id: row for row in Profile.objects.filter(person__in=of_person).select_related("cover")
    }
    load = asked_lately(reader, of_person, moment)
    experts = [
        _expert(reader, found, profiles.get(person), load[person], moment)
        for person, found in of_person.items()
    ]
    return sorted(experts, key=lambda each: (-each.standing, each.person.name_key, each.person.pk))


def open_lines(experts: Sequence[Expert], most: int) -> None:
    """Fetch what the first `most` lines of each of `experts` rest on. Three queries, for those that are shown."""
    shown = [weighed.line for expert in experts for weighed in expert.lines[:most]]
    posts = Post.objects.select_related("root", "space").defer("html", "source", "root__html", "root__source")
    prefetch_related_objects(shown, Prefetch("post", posts), "tag", "by")


def asked_lately(reader: User, people: Iterable[int], now: datetime) -> Counter[int]:
    """`{person id: questions of the last seven days that they answered or were asked}`; two queries.

    Only questions that `reader` may read are counted, so that the number tells nothing of other places.
    """
    ids, week = list(people), (now - WEEK, now)
    answered = Post.objects.visible_to(reader).published().filter(kind=PostKind.ANSWER, author__in=ids)
    asked = Event.objects.filter(
        visibility.posts_seen_by(reader, "post__"), verb=ASKED_OF.name, about__in=ids
    )
    threads = {
        *answered.filter(created__range=week).values_list("author_id", "root_id"),
        *asked.filter(at__range=week).values_list("about_id", "post_id"),
    }
    return Counter(person for person, _thread in threads)


def _expert(
    reader: User, found: Sequence[Match], profile: Profile | None, used: int, now: datetime
) -> Expert:
    person = found[0].line.person
    weighed = [Weighed(match.line, _weight(match, now)) for match in found]
    weighed.sort(key=lambda each: (-each.weight, -each.line.at.timestamp(), -each.line.pk))
    candidate = Candidate(
        person=person,
        fit=fit(sum(each.weight for each in weighed)),
        why=why(person, [each.line for each in weighed], _topics(found), now),
        available=is_available(person, profile, now),
        used=used,
        cap=profile.weekly_cap if profile else CAP,
        prefers_other_units=profile.prefers_other_units if profile else True,
    )
    return Expert(candidate, candidate.standing(reader), tuple(weighed), profile)


def is_available(person: User, profile: Profile | None, now: datetime) -> bool:
    """Whether the person can be asked today."""
    return person.is_active and not (profile and profile.is_away(timezone.localdate(now)))


def _weight(match: Match, now: datetime) -> float:
    """A line about half of the question tells a quarter: the square keeps stray words from making experts."""
    line = match.line
    return weight(line.kind, line.amount, line.at, now) * match.share**2


def _topics(found: Sequence[Match]) -> list[str]:
    """Labels of at most two topics that the accepted answers are on, all of them; else none is named."""
    accepted = [match.topics for match in found if match.line.kind == EvidenceKind.ACCEPTED]
    common = [tag for tag, _count in Counter(tag for topics in accepted for tag in topics).most_common(2)]
    return [tag.label for tag in common] if all(set(topics) & set(common) for topics in accepted) else []
