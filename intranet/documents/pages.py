"""The mechanism *page and post*.

Whatever way a page is published (our own pages, the editors' desk, a schedule, a bulk action), Wagtail saves it with
a new live revision. That save is the one point all ways share, so it is where the gate stands: the page goes out and
its post is made or refreshed in one transaction, or neither happens and the text stays a draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.kinds import PostState
from intranet.content.models import Post, Revision, Space
from intranet.documents import waiting
from intranet.documents.judging import SILENT, Ruling, judge_document
from intranet.documents.locks import lock_over_page
from intranet.documents.waiting import ChangeWaits
from intranet.moderation import gate
from intranet.moderation.models import Held
from intranet.moderation.standing.held import hold_back
from intranet.people.models import User


@dataclass(frozen=True)
class Publication:
    """Who publishes, and when it is said to have happened; None leaves it to the revision and the clock."""

    user: User | None = None
    at: datetime | None = None


_NOBODY = Publication()
_current: ContextVar[Publication] = ContextVar("publication", default=_NOBODY)


@contextmanager
def _publication(user: User | None, at: datetime | None) -> Iterator[None]:
    token = _current.set(Publication(user, at))
    try:
        yield
    finally:
        _current.reset(token)


@dataclass(frozen=True)
class Outcome:
    """What publishing did to the post: `made` it, `changed` its text, or neither."""

    post: Post
    made: bool
    changed: bool
    at: datetime


class DocumentPage(Page):
    """A page whose published text is a post. A kind of document says where, by whom and with which words.

    Deriving: set `post_kind` and the two verbs, have a field `post` (one to one with `Post`), and write `room`,
    `writer` and `columns`. `came_out` takes what else a publication of this kind does, in the same transaction.
    """

    post_kind: ClassVar[str]
    published_verb: ClassVar[Verb]
    changed_verb: ClassVar[Verb]

    judged: ClassVar[bool] = True
    """Whether rules look at it as at any post. A policy quotes what rules look for."""

    preview_modes: ClassVar[list] = []
    promote_panels: ClassVar[list] = []
    """No search engine comes here, and the address stays: clauses are cited by it."""
    private_page_options: ClassVar[list] = []
    """Who reads it is said by the room of its post alone."""
    exclude_fields_in_copy: ClassVar[list[str]] = ["post"]

    class Meta:
        abstract = True

    # What a kind of document says about itself ----------------------------------------------------------------

    @property
    def topics(self) -> list[str]:
        """The topics under which it goes out."""
        return []

    @property
    def says_to_readers(self) -> list[str] | None:
        """What readers should know, as lines of `policies.disclosures.told`; None where its writer cannot say that."""
        return None

    @property
    def room(self) -> Space:
        """The space in which the post stands."""
        raise NotImplementedError

    def writer(self, publisher: User) -> User:
        """The author of the post."""
        raise NotImplementedError

    def columns(self, publisher: User) -> dict[str, Any]:
        """The columns of the post that follow from the text. Raises `Refused` for a text that cannot go out."""
        raise NotImplementedError

    def new_public_id(self) -> dict[str, str]:
        """The public id of a new post where the page chooses it; by default the post does."""
        return {}

    def event_data(self) -> dict[str, Any]:
        """Facts that the event of a publication carries."""
        return {}

    def came_out(self, permit: gate.Permit, outcome: Outcome) -> None:
        """What else is written when this page is published."""

    # Wagtail's ways in ----------------------------------------------------------------------------------------

    def publish(
        self, revision: Any, user: User | None = None, *args: Any, at: datetime | None = None, **options: Any
    ) -> Any:
        """Publish `revision` in the name of `user`; `at` is for content that is older than its loading."""
        try:
            with transaction.atomic(), _publication(user, at):
                return super().publish(revision, user, *args, **options)
        except ChangeWaits as wanted:
            waiting.keep(self, wanted)
            raise Refused(waiting.SENTENCE) from None

    def unpublish(self, *args: Any, user: User | None = None, **options: Any) -> Any:
        with transaction.atomic(), _publication(user, None):
            return super().unpublish(*args, user=user, **options)

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """Save the page; when this makes it public, or takes it back, its post goes with it."""
        if self.pk is None or kwargs.get("update_fields"):
            super().save(clean=clean, **kwargs)
            return
        with transaction.atomic():
            stored = type(self).objects.select_for_update(of=("self",)).get(pk=self.pk)
            self.post_id = stored.post_id
            goes_out = self.live and self.live_revision_id not in (None, stored.live_revision_id)
            withdrawn = stored.live and not self.live and stored.post_id
            if goes_out:
                self._go_out(clean, kwargs)
            elif withdrawn:
                self._withdraw(clean, kwargs)
            else:
                super().save(clean=clean, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Page:
        """The page as a revision says it, still tied to its own post."""
        restored = super().with_content_json(content)
        restored.post_id = self.post_id
        return restored

    def get_url_parts(self, request: Any = None) -> tuple[None, str, str] | None:
        """Readers find it on our own pages; none of Wagtail's sites is asked."""
        return (None, "", self.get_absolute_url()) if self.post_id else None

    def get_lock(self) -> Any:
        """The lock of moderation first: it carries a reason."""
        return lock_over_page(self) or super().get_lock()

    # The two deeds --------------------------------------------------------------------------------------------

    def _publisher(self) -> User:
        return _current.get().user or (self.live_revision and self.live_revision.user) or self.owner

    def _target(self) -> dict[str, Any]:
        return {"page": self} | ({"post": self.post} if self.post_id else {"space": self.room})

    def _go_out(self, clean: bool, kwargs: dict[str, Any]) -> None:
        with gate.permit(self._publisher(), Deed.PUBLISH, **self._target()) as permit:
            super().save(clean=clean, **kwargs)
            moment = _current.get().at or timezone.now()
            columns = self.columns(permit.actor)
            ruling = self._judge(permit, columns)
            outcome = (self._refresh if permit.post else self._make)(permit, columns, ruling, moment)
            self.came_out(permit, outcome)
            if outcome.made or outcome.changed:
                ruling.follow(outcome.post)
            self._tell(permit, outcome)

    def _judge(self, permit: gate.Permit, columns: dict[str, Any]) -> Ruling:
        """What rules say of it. Raises `ChangeWaits` where readers have another text and this one is looked at first."""
        if not self.judged:
            return SILENT
        ruling = judge_document(permit, columns, self.topics, self.says_to_readers)
        if ruling.why_edit_waits and any(
            columns[name] != getattr(permit.post, name) for name in ("title", "source")
        ):
            raise ChangeWaits(permit.actor, columns["title"], columns["source"], ruling.why_edit_waits)
        return ruling

    def _tell(self, permit: gate.Permit, outcome: Outcome) -> None:
        """Leave the event of a publication; of what is looked at first, when it comes out."""
        post = outcome.post
        if post.state == PostState.HELD and not Held.objects.filter(post=post).exists():
            hold_back(post, self.published_verb, at=outcome.at)
        elif outcome.made or outcome.changed:
            verb = self.published_verb if outcome.made else self.changed_verb
            about = None if outcome.made else post.author
            record(verb, permit.actor, about=about, post=post, at=outcome.at, **self.event_data())

    def _make(
        self, permit: gate.Permit, columns: dict[str, Any], ruling: Ruling, moment: datetime
    ) -> Outcome:
        self.post = Post.objects.create(
            kind=self.post_kind,
            state=ruling.state_of_new,
            space=permit.space,
            author=self.writer(permit.actor),
            created=moment,
            last_activity=moment,
            **self.new_public_id(),
            **columns,
        )
        type(self).objects.filter(pk=self.pk).update(post=self.post)
        return Outcome(self.post, made=True, changed=True, at=moment)

    def _refresh(
        self, permit: gate.Permit, columns: dict[str, Any], ruling: Ruling, moment: datetime
    ) -> Outcome:
        post = permit.post
        changed = any(getattr(post, name) != columns[name] for name in ("title", "source", "text"))
        if changed:
            Revision.objects.create(
                post=post, number=post.revision, title=post.title, source=post.source, editor=permit.actor
            )
            for column, value in columns.items():
                setattr(post, column, value)
            post.revision += 1
            post.edited = moment
        if post.state == PostState.DRAFT:
            post.state = ruling.state_of_new
        post.save()
        return Outcome(post, made=False, changed=changed, at=moment)

    def _withdraw(self, clean: bool, kwargs: dict[str, Any]) -> None:
        with gate.permit(self._publisher(), Deed.PUBLISH, post=self.post) as permit:
            super().save(clean=clean, **kwargs)
            if permit.post.state == PostState.PUBLISHED:
                permit.post.state = PostState.DRAFT
                permit.post.save(update_fields=["state"])
