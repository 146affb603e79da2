"""A large organisation for measuring: 5,000 people, 20,000 threads, 200,000 posts, the same for the same seed.

    KESHER_DATA=var/bench ./kesher manage shell -c "from bench.seed import main; main()"

Words are invented syllables drawn with Zipf's frequencies, so that search finds few and many. Rows are written in bulk
past the gate, which only a program under `bench/` may do; the log is read afterwards as on any other day.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, batched

from django.db import connection, transaction
from django.utils import timezone

from communities.questions.models import QuestionDetail, QuestionState
from intranet.activity.models import Cursor, Event
from intranet.activity.readers import catch_up, registered
from intranet.content import guard
from intranet.content.kinds import PostKind, ReactionKind, SpaceRole
from intranet.content.models import Membership, Post, PostTag, Reaction, Space, Tag
from intranet.notify.reader import NotificationReader
from intranet.people.models import OrgUnit, User
from intranet.text.lines import skeleton
from intranet.text.render import render

DAYS = 730
UNITS, COMMUNITIES, TAGS, WORDS, PARAGRAPHS = 100, 60, 400, 8_000, 4_000
JOINED = 12
"""Communities of one person."""
TOLD_DAYS = 14
LONG_THREADS = (500, 20, 1)
"""Replies of the first threads, so that every run has one of each to measure."""
SYLLABLES = {
    "en": [
        "ba",
        "ce",
        "di",
        "fo",
        "gu",
        "ha",
        "je",
        "ki",
        "lo",
        "mu",
        "na",
        "pe",
        "ri",
        "so",
        "tu",
        "va",
        "we",
        "xi",
        "yo",
        "zu",
        "ster",
        "tion",
        "ment",
        "ing",
        "ler",
    ],
    "he": [
        "בא",
        "גל",
        "דו",
        "הר",
        "וי",
        "זן",
        "חש",
        "טל",
        "יב",
        "כר",
        "לם",
        "מנ",
        "נע",
        "סו",
        "עד",
        "פר",
        "צב",
        "קש",
        "רו",
        "שמ",
        "תן",
    ],
}


class World:
    """Draws everything from one seed."""

    def __init__(self, people: int, threads: int, posts: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.people, self.threads, self.posts = people, threads, posts
        self.now = timezone.now()
        self.words = {lang: self._words(syllables) for lang, syllables in SYLLABLES.items()}
        self.frequency = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
        self.paragraphs = {lang: [self._paragraph(lang) for _ in range(PARAGRAPHS)] for lang in SYLLABLES}

    def _words(self, syllables: Sequence[str]) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < WORDS:
            found["".join(self.random.choices(syllables, k=self.random.choice((2, 2, 3, 3, 4))))] = None
        return list(found)

    def phrase(self, lang: str, length: int) -> str:
        """`length` words in a row."""
        return " ".join(self.random.choices(self.words[lang], cum_weights=self.frequency, k=length))

    def _paragraph(self, lang: str) -> tuple[str, str, str]:
        """`(source, html, text)` of 15 to 60 words."""
        source = f"{self.phrase(lang, self.random.randint(15, 60)).capitalize()}."
        rendered = render(source)
        return source, rendered.html, rendered.text

    def body(self, lang: str) -> dict[str, str]:
        """The columns of a text of one to three paragraphs."""
        chosen = self.random.choices(self.paragraphs[lang], k=self.random.choice((1, 1, 2, 3)))
        source, html, text = (
            joint.join(parts)
            for joint, parts in zip(("\n\n", "\n", "\n"), zip(*chosen, strict=True), strict=True)
        )
        return {"source": source, "html": html, "text": text, "lang": lang}

    def moment(self) -> datetime:
        """A moment of the last two years."""
        return self.now - timedelta(minutes=self.random.randrange(60, DAYS * 24 * 60))

    def lengths(self) -> list[int]:
        """Replies of each thread: a few long ones, many short ones, `posts` in all."""
        weights = [self.random.lognormvariate(0, 1) for _ in range(self.threads - len(LONG_THREADS))]
        left = self.posts - self.threads - sum(LONG_THREADS)
        scale = left / sum(weights)
        return [*LONG_THREADS, *(min(400, round(weight * scale)) for weight in weights)]


def people_of(world: World) -> list[User]:
    """Everybody, each in a unit."""
    units = OrgUnit.objects.bulk_create(
        OrgUnit(path=f"Bench/{number:03}", name=f"Unit {number}", colour=number % 8)
        for number in range(UNITS)
    )
    names = (f"bench{number:05}" for number in range(world.people))
    return User.objects.bulk_create(
        (
            User(
                username=name,
                username_skeleton=skeleton(name),
                name=f"{world.phrase('en', 1).title()} {world.phrase('en', 1).title()}",
                name_key=name,
                language=world.random.choice(("he", "en")),
                unit=world.random.choice(units),
                title=world.phrase("en", 2),
                password="!",
            )
            for name in names
        ),
        batch_size=1_000,
    )


def spaces_of(world: World, people: Sequence[User]) -> list[Space]:
    """Communities with their members; one in ten is secret."""
    spaces = Space.objects.bulk_create(
        Space(
            slug=f"bench-{number:02}",
            name=f"Community {number}",
            purpose=world.phrase("en", 20),
            visibility="secret" if number % 10 == 9 else "open",
        )
        for number in range(COMMUNITIES)
    )
    Membership.objects.bulk_create(
        (
            Membership(space=space, person=person, role=SpaceRole.MEMBER)
            for person in people
            for space in world.random.sample(spaces, JOINED)
        ),
        batch_size=5_000,
    )
    return spaces


def threads_of(world: World, people: Sequence[User], spaces: Sequence[Space]) -> list[Post]:
    """The first posts, with as many replies announced as they will get."""
    started = []
    for length in world.lengths():
        lang = world.random.choice(("he", "en"))
        created = world.moment()
        started.append(
            Post(
                kind=PostKind.QUESTION
                if length in LONG_THREADS or world.random.random() < 0.7
                else PostKind.DISCUSSION,
                space=spaces[0] if length in LONG_THREADS else world.random.choice(spaces),
                author=world.random.choice(people),
                title=f"{world.phrase(lang, world.random.randint(4, 9)).capitalize()}?",
                reply_count=length,
                created=created,
                last_activity=created + timedelta(hours=length),
                score=world.random.choice((0, 0, 0, 1, 2, 5)),
                **world.body(lang),
            )
        )
    return Post.objects.bulk_create(started, batch_size=1_000)


def replies_of(world: World, people: Sequence[User], thread: Post) -> Iterator[Post]:
    """All replies of one thread, unsaved."""
    kind = PostKind.ANSWER if thread.kind == PostKind.QUESTION else PostKind.REPLY
    for number in range(1, thread.reply_count + 1):
        created = min(thread.created + timedelta(hours=number), world.now)
        yield Post(
            kind=kind,
            space=thread.space,
            root=thread,
            parent=thread,
            number=number,
            author=world.random.choice(people),
            created=created,
            last_activity=created,
            score=world.random.choice((0, 0, 1, 3)),
            **world.body(thread.lang),
        )


def detail_of(world: World, thread: Post, answers: Sequence[Post]) -> QuestionDetail:
    """Where a question stands."""
    solved = bool(answers) and world.random.random() < 0.6
    return QuestionDetail(
        post=thread,
        state=QuestionState.SOLVED
        if solved
        else QuestionState.ANSWERED
        if answers
        else QuestionState.UNANSWERED,
        due=thread.created + timedelta(days=1),
        first_answer=answers[0].created if answers else None,
        accepted=answers[0] if solved else None,
        accepted_by=thread.author if solved else None,
        accepted_at=answers[0].created if solved else None,
    )


def event_of(post: Post) -> Event:
    """What the log says of a post."""
    verb = {"question": "asked", "discussion": "started", "answer": "answered"}.get(post.kind, "replied")
    about = post.root.author if post.root else None
    return Event(verb=verb, actor=post.author, about=about, post=post, space=post.space, at=post.created)


def write(world: World) -> None:
    """Write the world's rows."""
    people = people_of(world)
    spaces = spaces_of(world, people)
    tags = Tag.objects.bulk_create(
        Tag(slug=f"bench-{number}", name=world.phrase("en", 1)) for number in range(TAGS)
    )
    threads = threads_of(world, people, spaces)
    by_thread: dict[int, list[Post]] = {}
    unsaved = (post for thread in threads for post in replies_of(world, people, thread))
    for batch in batched(unsaved, 5_000):
        for post in Post.objects.bulk_create(batch, batch_size=1_000):
            by_thread.setdefault(post.root_id, []).append(post)
    questions = (thread for thread in threads if thread.kind == PostKind.QUESTION)
    QuestionDetail.objects.bulk_create(
        (detail_of(world, thread, by_thread.get(thread.pk, [])) for thread in questions), batch_size=2_000
    )
    PostTag.objects.bulk_create(
        (PostTag(post=thread, tag=tag) for thread in threads for tag in world.random.sample(tags, 2)),
        batch_size=5_000,
    )
    posts = [*threads, *(post for replies in by_thread.values() for post in replies)]
    voted = (post for post in posts if post.score > 0)
    Reaction.objects.bulk_create(
        (
            Reaction(post=post, person=person, kind=ReactionKind.VOTE)
            for post in voted
            for person in world.random.sample(people, post.score)
        ),
        batch_size=5_000,
    )
    posts.sort(key=lambda post: post.created)
    for batch in batched(posts, 5_000):
        Event.objects.bulk_create(map(event_of, batch), batch_size=1_000)


def _leave_the_past_untold() -> None:
    """Start the notifications at the last days: nobody is told of two years at once."""
    since = timezone.now() - timedelta(days=TOLD_DAYS)
    last = Event.objects.filter(at__lt=since).order_by("txid", "id").last()
    Cursor.objects.create(name=NotificationReader.name, txid=last.txid, event=last.pk)


def main(people: int = 5_000, threads: int = 20_000, posts: int = 200_000, seed: int = 1) -> None:
    """Make the world in the database at hand and say how long each part took."""
    start = time.monotonic()
    with transaction.atomic(), guard.opened():
        write(World(people, threads, posts, seed))
    print(f"rows written after {time.monotonic() - start:.0f} s")
    _leave_the_past_untold()
    for reader in registered():
        read = catch_up(reader)
        print(f"{read} events read by {reader.name} after {time.monotonic() - start:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
