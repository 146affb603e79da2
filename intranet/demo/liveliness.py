"""What the crowd does around the written threads: votes, short replies, "this helped me too", following."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from communities.threads import actions as talks
from intranet.content.kinds import PostKind, ReactionKind
from intranet.content.models import Post
from intranet.demo import moments
from intranet.demo.crowd import Crowd
from intranet.demo.records import Content, Phrases
from intranet.notify.models import Follow, Level
from intranet.people.models import User
from intranet.posting import actions as posting

VOTES = {
    PostKind.QUESTION: 5.0,
    PostKind.ANSWER: 6.0,
    PostKind.IDEA: 9.0,
    PostKind.DISCUSSION: 4.0,
    PostKind.ANNOUNCEMENT: 3.0,
    PostKind.REPLY: 2.5,
    PostKind.COMMENT: 1.2,
    PostKind.BLOG_POST: 9.0,
}
"""How many people vote for a post of each kind, in the mean."""
FRESH_SHARE = 0.15
"""What is left of that for a post written within the last day."""
HELPED = 1.8
ACKNOWLEDGED = 1.1
JOINED_IN = 0.35
COMMENTED = 2.6
THANKED = 3.0
DAYS_UNTIL = 3.0
"""Mean days until somebody reacts."""


class Liveliness:
    """Adds reactions to posts. `people` are all by username, `insiders` those who see into a space, by its id."""

    def __init__(
        self,
        content: Content,
        people: Mapping[str, User],
        insiders: Mapping[int, Iterable[str]],
        crowd: Crowd,
        now: datetime,
    ) -> None:
        self._phrases: Phrases = content.phrases
        self._people = people
        self._insiders = insiders
        self._crowd = crowd
        self._now = now

    def around(self, posts: list[Post]) -> None:
        """React to all posts of one thread."""
        for post in posts:
            self._vote(post)
            if post.kind == PostKind.ANSWER:
                self._help(post)
        self._talk(posts)
        self._follow(posts[0])

    def _insiders_of(self, post: Post) -> set[str]:
        return set(self._insiders[post.space_id]) - {post.author.username}

    def _later(self, post: Post) -> datetime:
        return self._after(post.created)

    def _after(self, earlier: datetime) -> datetime:
        """Some days later, in the daytime."""
        wait = timedelta(days=self._crowd.random.expovariate(1 / DAYS_UNTIL))
        wait = moments.by_day(earlier + wait) - earlier
        return moments.following(earlier, wait, earlier=earlier, now=self._now)

    def _vote(self, post: Post) -> None:
        fresh = self._now - post.created < timedelta(days=1)
        expected = VOTES[PostKind(post.kind)] * (FRESH_SHARE if fresh else 1)
        for name in self._crowd.reacting(post.author.username, self._insiders_of(post), expected):
            posting.react(person=self._people[name], post=post, value=1, at=self._later(post))

    def _help(self, answer: Post) -> None:
        for name in self._crowd.reacting(answer.author.username, self._insiders_of(answer), HELPED):
            posting.react(
                person=self._people[name],
                post=answer,
                value=1,
                kind=ReactionKind.HELPED,
                at=self._later(answer),
            )

    def _talk(self, posts: list[Post]) -> None:
        root, answers = posts[0], [post for post in posts if post.kind == PostKind.ANSWER]
        if root.kind == PostKind.QUESTION and answers:
            self._say(answers[-1], posts[-1].created, self._phrases.acknowledge, ACKNOWLEDGED)
        elif root.kind == PostKind.QUESTION:
            self._say(root, posts[-1].created, self._phrases.join, JOINED_IN)

    def _say(
        self,
        post: Post,
        after: datetime,
        phrases: Mapping[str, tuple[str, ...]],
        expected: float,
    ) -> None:
        writers = {name for name in self._insiders_of(post) if "guest" not in self._people[name].roles}
        unsaid = {language: list(texts) for language, texts in phrases.items()}
        moment = after
        for name in self._crowd.reacting(post.author.username, writers, expected):
            person = self._people[name]
            texts = unsaid[person.language]
            if not texts:
                return
            text = texts.pop(self._crowd.random.randrange(len(texts)))
            moment = self._after(moment)
            talks.comment(author=person, parent=post, source=text, at=moment)

    def around_document(self, post: Post) -> None:
        """React to a blog post: votes, thanks, comments."""
        self._vote(post)
        self._thank(post)
        self._say(post, post.created, self._phrases.comment, COMMENTED)
        self._follow(post)

    def _thank(self, post: Post) -> None:
        for name in self._crowd.reacting(post.author.username, self._insiders_of(post), THANKED):
            posting.react(
                person=self._people[name],
                post=post,
                value=1,
                kind=ReactionKind.THANKS,
                at=self._later(post),
            )

    def _follow(self, root: Post) -> None:
        followers = self._crowd.reacting(root.author.username, self._insiders_of(root), 1.5)
        Follow.objects.bulk_create(
            Follow(person=self._people[name], post=root, level=Level.FOLLOWING, since=self._later(root))
            for name in followers
        )
