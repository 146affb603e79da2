"""A dump put together: each question with what was written below it, in the order in which it was written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from communities.imports.stackexchange.markdown import Converted, to_markdown
from communities.imports.stackexchange.reader import Dump
from communities.imports.stackexchange.records import SiteComment, SitePerson, SitePost, SiteVote, VoteType

Row = SitePost | SiteComment


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a row: an account of the old site, or only the name that was left of one."""

    id: int | None
    name: str

    @property
    def key(self) -> str:
        """What tells two authors of one site apart.

        >>> Author(7, "Ada").key, Author(None, "user9").key, Author(None, "").key
        ('7', 'name:user9', 'name:')
        """
        return f"name:{self.name}" if self.id is None else str(self.id)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question, answer or comment; `parent` is None for a question."""

    row: Row
    parent: Entry | None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other row of the site: posts and comments are numbered apart."""
        return ("comment" if isinstance(self.row, SiteComment) else "post", str(self.row.id))

    @property
    def top(self) -> Entry:
        """The question of the thread it is in."""
        return self.parent.top if self.parent else self

    @property
    def author(self) -> Author:
        return Author(self.row.owner_id, self.row.owner_name if self.row.owner_id is None else "")

    @property
    def kind(self) -> str:
        return self.row.kind if isinstance(self.row, SitePost) else "comment"

    def converted(self) -> Converted:
        """The text as Markdown. Comments of these sites are short Markdown already."""
        if isinstance(self.row, SiteComment):
            return Converted(self.row.text.strip(), Counter())
        return to_markdown(self.row.body)


@dataclass(slots=True)
class Thread:
    """A question and everything below it, oldest first; a parent always comes before its children."""

    question: Entry
    entries: list[Entry]
    accepted: SitePost | None
    accepted_at: datetime | None


@dataclass(slots=True)
class Site:
    """All that a dump holds, and what could not be placed."""

    threads: list[Thread]
    people: dict[int, SitePerson]
    votes: Counter[int]
    left: Counter[str] = field(default_factory=Counter)

    def entries(self) -> Iterator[Entry]:
        """Every question, answer and comment, thread by thread."""
        for thread in self.threads:
            yield thread.question
            yield from thread.entries


def read_site(dump: Dump) -> Site:
    """Read the whole dump and put it together. Raises `BrokenDump`."""
    left: Counter[str] = Counter()
    questions, answers = _posts(dump, left)
    comments = _comments(dump, questions, answers, left)
    votes: Counter[int] = Counter()
    accepted_on: dict[int, datetime] = {}
    for vote in dump.votes():
        votes[vote.type_id] += 1
        _note_acceptance(vote, accepted_on)
    threads = [
        _thread(question, answers[question.id], comments, accepted_on)
        for question in sorted(questions.values(), key=lambda post: (post.created, post.id))
    ]
    left["wiki pages and notices of the old site"] += dump.other_posts()
    left["times a question was closed"] += sum(question.closed is not None for question in questions.values())
    for table, rows in dump.unread().items():
        left[f"rows of {table}.xml"] += rows
    return Site(threads, {person.id: person for person in dump.people()}, votes, left)


def _posts(dump: Dump, left: Counter[str]) -> tuple[dict[int, SitePost], dict[int, list[SitePost]]]:
    questions: dict[int, SitePost] = {}
    answers: dict[int, list[SitePost]] = defaultdict(list)
    for post in dump.posts():
        if post.kind == "question":
            questions[post.id] = post
        elif post.parent_id is not None:
            answers[post.parent_id].append(post)
    for lost in set(answers) - set(questions):
        left["answers whose question is not in the dump"] += len(answers.pop(lost))
    return questions, answers


def _comments(
    dump: Dump, questions: dict[int, SitePost], answers: dict[int, list[SitePost]], left: Counter[str]
) -> dict[int, list[SiteComment]]:
    placed = set(questions) | {answer.id for group in answers.values() for answer in group}
    comments: dict[int, list[SiteComment]] = defaultdict(list)
    for comment in dump.comments():
        if comment.post_id in placed:
            comments[comment.post_id].append(comment)
        else:
            left["comments on what is not in the dump"] += 1
    return comments


def _note_acceptance(vote: SiteVote, accepted_on: dict[int, datetime]) -> None:
    if vote.type_id == VoteType.ACCEPTED:
        accepted_on[vote.post_id] = vote.created


def _thread(
    question: SitePost,
    answers: Iterable[SitePost],
    comments: dict[int, list[SiteComment]],
    accepted_on: dict[int, datetime],
) -> Thread:
    top = Entry(question, None)
    below = [Entry(answer, top) for answer in answers]
    for parent in [top, *below]:
        below += [Entry(comment, parent) for comment in comments[parent.row.id]]
    accepted = next((answer for answer in answers if answer.id == question.accepted_id), None)
    when = accepted_on.get(accepted.id) if accepted else None
    return Thread(
        question=top,
        entries=sorted(below, key=lambda entry: (entry.row.created, entry.kind == "comment", entry.row.id)),
        accepted=accepted,
        accepted_at=max(when or accepted.created, accepted.created) if accepted else None,
    )
