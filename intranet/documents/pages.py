"""The base of every document page. Publishing it, in whichever way, passes the gate and refreshes its post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.locks import BaseLock
from wagtail.models import Page, Revision

from intranet.access.deeds import Deed
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.composing import compose
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from intranet.content.tagging import set_tags
from intranet.documents.locks import ClauseLock
from intranet.moderation import gate
from intranet.moderation.models import Lock
from intranet.people.models import User


class DocumentPage(Page):
    """A page with a post. Subclasses say where the post goes, whose it is and what it says.

    Every way of publishing in Wagtail (its editor, schedule, workflow, our own views) ends in `publish()`, so the
    gate stands there and nowhere else. Page and post change in one transaction.
    """

    post = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="%(class)s"
    )

    class Meta:
        abstract = True

    post_kind: str
    published_verb: Verb
    edited_verb: Verb

    def post_space(self) -> Space:
        """The space in which the document is read."""
        raise NotImplementedError

    def post_author(self) -> User:
        """Who is named as its author."""
        raise NotImplementedError

    def post_source(self) -> str:
        """Its whole text as Markdown."""
        raise NotImplementedError

    def post_tags(self) -> Sequence[str]:
        return ()

    def after_publish(self, permit: gate.Permit) -> None:
        """What else has to be true once the document is out; inside the permit."""

    def publish(self, revision: Revision, user: User | None = None, **options: Any) -> Any:
        """Publish `revision` and refresh the post. Raises `Refused` before anything is changed."""
        draft: Self = revision.as_object()
        actor = user or draft.post_author()
        target = {"post": self.post} if self.post else {"space": draft.post_space()}
        with gate.permit(actor, Deed.PUBLISH, **target) as permit:
            # The gate has decided; Wagtail's own tree rights are for its admin.
            result = super().publish(revision, user=user, **options | {"skip_permission_checks": True})
            page = type(self).objects.get(pk=self.pk)
            page.post = page._refresh_post(permit)
            type(self).objects.filter(pk=page.pk).update(post=page.post)
            self.post = page.post
            page.after_publish(permit)
        return result

    def _refresh_post(self, permit: gate.Permit) -> Post:
        author = self.post_author()
        composed = compose(kind=self.post_kind, title=self.title, source=self.post_source(), author=author)
        moment = self.last_published_at or timezone.now()
        if permit.post is None:
            post = Post.objects.create(
                kind=self.post_kind,
                space=permit.space,
                author=author,
                created=moment,
                last_activity=moment,
                **composed.columns,
            )
            set_tags(post, self.post_tags())
            record(self.published_verb, permit.actor, post=post, at=moment)
            return post
        post = permit.post
        unchanged = (post.title, post.source, post.state) == (
            self.title,
            self.post_source(),
            PostState.PUBLISHED,
        )
        set_tags(post, self.post_tags())
        if unchanged:
            return post
        for column, value in composed.columns.items():
            setattr(post, column, value)
        post.state = PostState.PUBLISHED
        post.revision += 1
        post.edited = moment
        post.save()
        record(self.edited_verb, permit.actor, post=post, at=moment, revision=post.revision)
        return post

    def unpublish(
        self,
        set_expired: bool = False,
        commit: bool = True,
        user: User | None = None,
        log_action: bool = True,
    ) -> None:
        """Take the document and its post out of sight of readers; its author keeps seeing it."""
        with gate.permit(
            user or self.post_author(), Deed.EDIT, post=self.post, space=self.post_space()
        ) as permit:
            UnpublishPageAction(
                self, set_expired=set_expired, commit=commit, user=user, log_action=log_action
            ).execute(skip_permission_checks=True)
            if permit.post:
                permit.post.state = PostState.DRAFT
                permit.post.save(update_fields=["state"])

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision does not decide which post the page has."""
        page = super().with_content_json(content)
        page.post_id = self.post_id
        return page

    def get_lock(self) -> BaseLock | None:
        """Our lock on the post, shown in Wagtail's editor with its clause."""
        lock = self.post and Lock.objects.holding().with_clause().over(self.post).first()
        return ClauseLock(self, lock) if lock else super().get_lock()
