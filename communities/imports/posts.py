"""Questions, answers and comments of an imported site, written in bulk. The caller holds the gate's permit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from communities.imports.models import ImportedRow
from communities.imports.stackexchange.markdown import in_parts
from communities.imports.stackexchange.site import Entry, Thread
from communities.questions.models import QuestionDetail, QuestionState
from communities.questions.promises import Promise
from intranet.content.kinds import PostKind
from intranet.content.models import Post, PostTag, Space
from intranet.content.tagging import tag_slug, tags_named
from intranet.people.models import User
from intranet.settings.product import TITLE_MAX
from intranet.text.lines import clean_line
from intranet.text.render import render
from intranet.text.sources import LIMIT

SETTLED_COLUMNS = ["state", "first_answer", "accepted", "accepted_by", "accepted_at"]


@dataclass(frozen=True)
class Placed:
    """An entry and the post that it became."""

    entry: Entry
    post: Post


class PostWriter:
    """Writes the new entries of one site into one community and remembers which post each became."""

    def __init__(self, space: Space, source: str, authors: Mapping[str, User]) -> None:
        self.space = space
        self.source = source
        self.authors = authors
        self.posts: dict[tuple[str, str], Post] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.changed: Counter[str] = Counter()

    def remember(self, known: Mapping[tuple[str, str], Post]) -> None:
        """Posts that an earlier import wrote; nothing of them is written again."""
        self.posts |= known

    def write(self, entries: Iterable[Entry]) -> list[Placed]:
        """Write `entries`, none of which is here yet; in a thread they come oldest first, parents before children."""
        composed = [(entry, *self._composed(entry)) for entry in entries]
        placed = [Placed(entry, post) for entry, post, _ in composed]
        self._number(placed)
        for kind in (PostKind.QUESTION, PostKind.ANSWER, PostKind.COMMENT):
            self._save([each for each in placed if each.entry.kind == kind])
        self._continue([(entry, rest) for entry, _, rest in composed if rest])
        self._count_replies([each.post.thread for each in placed])
        self._tag([each for each in placed if each.entry.kind == PostKind.QUESTION])
        return placed

    def _composed(self, entry: Entry) -> tuple[Post, list[str]]:
        """An unsaved post with the first part of the text, and the parts that did not fit into one post."""
        converted = entry.converted()
        self.changed.update(converted.changes)
        first, *rest = in_parts(converted.source, LIMIT) or [""]
        post = self._post(entry, first)
        post.title = clean_line(getattr(entry.row, "title", ""))[:TITLE_MAX]
        post.edited = getattr(entry.row, "edited", None)
        post.imported_score = entry.row.score
        return post, rest

    def _post(self, entry: Entry, source: str) -> Post:
        text = render(source)
        return Post(
            kind=entry.kind,
            space=self.space,
            author=self.authors[entry.author.key],
            source=source,
            html=text.html,
            text=text.text,
            lang=text.lang,
            renderer=text.version,
            created=entry.row.created,
            last_activity=entry.row.created,
        )

    def _number(self, placed: list[Placed]) -> None:
        """Give each post its place in its thread, after whatever the thread holds already."""
        here = {self.posts[key].pk for each in placed if (key := each.entry.top.key) in self.posts}
        highest = dict(Post.objects.filter(root__in=here).values_list("root").annotate(Max("number")))
        for each in placed:
            top = each.entry.top.key
            if each.entry.parent is not None:
                known = self.posts.get(top)
                self.numbers.setdefault(top, highest.get(known.pk, 0) if known else 0)
                self.numbers[top] += 1
                each.post.number = self.numbers[top]

    def _save(self, placed: list[Placed]) -> None:
        for each in placed:
            if each.entry.parent is not None:
                each.post.root = self.posts[each.entry.top.key]
                each.post.parent = self.posts[each.entry.parent.key]
        Post.objects.bulk_create([each.post for each in placed], batch_size=500)
        self.posts |= {each.entry.key: each.post for each in placed}
        ImportedRow.objects.bulk_create(
            (
                ImportedRow(source=self.source, kind=kind, external_id=number, post=each.post)
                for each in placed
                for kind, number in [each.entry.key]
            ),
            batch_size=500,
        )

    def _continue(self, long: list[tuple[Entry, list[str]]]) -> None:
        """What did not fit into one post follows as comments below it, by the same person."""
        rest = []
        for entry, parts in long:
            above, top = self.posts[entry.key], entry.top.key
            for part in parts:
                self.numbers[top] = self.numbers.get(top, 0) + 1
                post = self._post(entry, part)
                post.kind, post.root, post.parent = PostKind.COMMENT, above.thread, above
                post.number = self.numbers[top]
                rest.append(post)
        self.changed["long posts continued in a comment below"] += len(long)
        Post.objects.bulk_create(rest)

    def _count_replies(self, threads: Iterable[Post]) -> None:
        roots = {root.pk: root for root in threads}
        facts = (
            Post.objects.filter(root__in=roots).values_list("root").annotate(Max("number"), Max("created"))
        )
        for pk, highest, latest in facts:
            roots[pk].reply_count = highest
            roots[pk].last_activity = max(roots[pk].last_activity, latest)
        Post.objects.bulk_update(roots.values(), ["reply_count", "last_activity"], batch_size=500)

    def _tag(self, questions: list[Placed]) -> None:
        names = {name for each in questions for name in each.entry.row.tags}
        tags = {tag.slug: tag for tag in tags_named(sorted(names), limit=None)}
        PostTag.objects.bulk_create(
            PostTag(post=each.post, tag=tags[slug])
            for each in questions
            for slug in dict.fromkeys(tag_slug(name) for name in each.entry.row.tags)
            if slug
        )


def settle_questions(
    threads: Iterable[Thread], posts: Mapping[tuple[str, str], Post], promise: Promise
) -> list[Thread]:
    """Make the state of each question what its answers say; the threads whose answer is newly accepted.

    A question that was solved here meanwhile stays as it is. `promise` is that of the community.
    """
    details = {
        detail.post_id: detail
        for detail in QuestionDetail.objects.filter(
            post__in=[posts[thread.question.key] for thread in threads]
        )
    }
    solved = []
    for thread in threads:
        root = posts[thread.question.key]
        detail = details.setdefault(root.pk, QuestionDetail(post=root, due=promise.due(root.created)))
        if detail.state != QuestionState.SOLVED:
            _settle(detail, thread, posts)
            solved += [thread] if thread.accepted else []
    QuestionDetail.objects.bulk_update([detail for detail in details.values() if detail.pk], SETTLED_COLUMNS)
    QuestionDetail.objects.bulk_create([detail for detail in details.values() if not detail.pk])
    return solved


def _settle(detail: QuestionDetail, thread: Thread, posts: Mapping[tuple[str, str], Post]) -> None:
    answers = [entry for entry in thread.entries if entry.kind == PostKind.ANSWER]
    if answers:
        detail.state = QuestionState.ANSWERED
    by_others = [entry.row.created for entry in answers if entry.author != thread.question.author]
    detail.first_answer = min(filter(None, [detail.first_answer, *by_others]), default=None)
    if thread.accepted:
        detail.state = QuestionState.SOLVED
        detail.accepted = posts["post", str(thread.accepted.id)]
        detail.accepted_by = detail.post.author
        detail.accepted_at = thread.accepted_at
