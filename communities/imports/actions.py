"""The one deed of this package: bring a whole question-and-answer site into a community."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from communities.charters.actions import Promise, open_community
from communities.imports.models import ImportedRow
from communities.imports.people import bring_authors
from communities.imports.posts import Placed, PostWriter, settle_questions
from communities.imports.report import Report
from communities.imports.stackexchange.records import VoteType
from communities.imports.stackexchange.site import Entry, Site, Thread
from communities.imports.verbs import ACCEPTED_ELSEWHERE, IMPORTED
from communities.questions.promises import promise_of
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record_all
from intranet.activity.models import Event
from intranet.content.kinds import PostKind, SpaceKind
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.kinds import STOPPED_BY
from intranet.moderation.models import Lock
from intranet.people.models import User

Progress = Callable[[list[Entry]], Iterable[Entry]]
"""Wraps the entries while they are converted, so that somebody can watch."""


def import_site(
    *, actor: User, site: Site, slug: str, address: str = "", progress: Progress = iter
) -> Report:
    """Write what `site` holds into the community `slug`, which is made when there is none; all of it or nothing.

    What an earlier import wrote is left as it is here now, so the same dump twice changes nothing. `address` is
    the site's own, such as `https://beer.stackexchange.com`; links to the authors' pages rest on it.

    Raises `Refused` when `actor` may not write there, or when the community, or a thread that something new
    belongs to, is locked.
    """
    with transaction.atomic():
        space = _community(actor, slug)
        with gate.permit(actor, Deed.START, space=space, whole_space=True) as permit:
            return _Import(permit, site, address.rstrip("/")).run(progress)


def _community(actor: User, slug: str) -> Space:
    """The community `slug`; made, with `actor` as its owner, when there is none."""
    space = Space.objects.filter(slug=slug).first()
    if space and space.kind != SpaceKind.COMMUNITY:
        raise Refused(refuse("not_a_community", _("“%(slug)s” is not a community.") % {"slug": slug}))
    if space:
        return space
    name = slug.replace("-", " ").capitalize()
    return open_community(owner=actor, slug=slug, name=name, charter=Promise(), language="en")


class _Import:
    """One run, inside the permit."""

    def __init__(self, permit: gate.Permit, site: Site, address: str) -> None:
        self.actor = permit.actor
        self.space = permit.space
        self.site = site
        self.address = address
        self.source = f"stackexchange:{permit.space.slug}"
        self.report = Report(permit.space.label)

    def run(self, progress: Progress) -> Report:
        known = self._known()
        new = [entry for entry in self.site.entries() if entry.key not in known]
        self._refuse_locked(new, known)
        authors, made = bring_authors(
            new, site=self.site, source=self.source, space=self.space, address=self.address
        )
        writer = PostWriter(self.space, self.source, authors)
        writer.remember(known)
        placed = writer.write(progress(new))
        reached = {each.post.thread_id for each in placed}
        threads = [thread for thread in self.site.threads if writer.posts[thread.question.key].pk in reached]
        solved = settle_questions(threads, writer.posts, promise_of(self.space))
        self._record(placed, solved, writer.posts)
        self._count(placed, known, writer.changed)
        self.report.carried["accepted answers"] += len(solved)
        self.report.carried["people, inactive and with attribution"] += made
        return self.report

    def _known(self) -> dict[tuple[str, str], Post]:
        rows = ImportedRow.objects.filter(source=self.source, post__isnull=False)
        return {(row.kind, row.external_id): row.post for row in rows.select_related("post__root")}

    def _refuse_locked(self, new: list[Entry], known: dict[tuple[str, str], Post]) -> None:
        """Nothing may be added below a lock, so a run that would is refused as a whole."""
        above = {known[entry.parent.key] for entry in new if entry.parent and entry.parent.key in known}
        reached = {pk for post in above for pk in (post.pk, post.parent_id, post.root_id) if pk}
        locks = (
            Lock.objects.holding().with_clause().filter(post__in=reached, scope__in=STOPPED_BY[Deed.REPLY])
        )
        if lock := locks.first():
            sentence = _("Nothing was imported: “%(title)s” is locked under %(clause)s.") % {
                "title": lock.post.thread.title,
                "clause": lock.clause.name,
            }
            raise Refused(refuse("locked", sentence, lock=lock))

    def _record(self, placed: list[Placed], solved: list[Thread], posts: dict[tuple[str, str], Post]) -> None:
        """One event for each post that came, and one, on its own day, for each acceptance."""
        arrivals = [
            Event(
                verb=IMPORTED.name, actor=self.actor, about=each.post.author, post=each.post, space=self.space
            )
            for each in placed
        ]
        answers = [(thread, posts["post", str(thread.accepted.id)]) for thread in solved if thread.accepted]
        acceptances = [
            Event(
                verb=ACCEPTED_ELSEWHERE.name,
                actor=answer.thread.author,
                about=answer.author,
                post=answer,
                space=self.space,
                at=thread.accepted_at,
            )
            for thread, answer in answers
        ]
        record_all([*arrivals, *acceptances])

    def _count(self, placed: list[Placed], known: dict[tuple[str, str], Post], changed: Counter[str]) -> None:
        report, votes = self.report, self.site.votes
        report.carried.update(_by_kind(each.post for each in placed))
        report.known.update(_by_kind(known.values()))
        report.changed.update(changed)
        if placed:
            cast = votes[VoteType.UP] + votes[VoteType.DOWN]
            report.changed["up and down votes, now a score without voters: the dump names none"] += cast
        report.left.update(self.site.left)
        report.left["people who wrote nothing"] += self._silent()
        for kind, count in votes.items():
            if kind not in (VoteType.UP, VoteType.DOWN, VoteType.ACCEPTED):
                report.left[f"votes of the kind {_vote_name(kind)}"] += count

    def _silent(self) -> int:
        wrote = {entry.author.id for entry in self.site.entries()}
        return len(set(self.site.people) - wrote)


def _by_kind(posts: Iterable[Post]) -> Counter[str]:
    """`{"questions": 612, "answers": 1060, "comments": 3413}`."""
    counts = Counter(post.kind for post in posts)
    return Counter(
        {f"{kind}s": counts[kind] for kind in (PostKind.QUESTION, PostKind.ANSWER, PostKind.COMMENT)}
    )


def _vote_name(kind: int) -> str:
    return VoteType(kind).name.lower().replace("_", " ") if kind in set(VoteType) else f"“{kind}”"
