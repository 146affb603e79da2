"""A change of a document that is looked at before readers get it: it waits as the newest draft of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post
from intranet.documents.judging import by_a_moderator
from intranet.moderation import gate
from intranet.moderation.cases import seams
from intranet.moderation.models import HeldEdit
from intranet.moderation.standing.edits import Change, Why, keep_waiting
from intranet.people.models import User

if TYPE_CHECKING:
    from intranet.documents.pages import DocumentPage

SENTENCE = refuse(
    "edit_waits",
    _("Your change is kept as a draft. A moderator looks at it before readers get it, and you are told."),
)


def change_waits(refused: Refused) -> bool:
    """Whether a publication was refused because the change waits: its writer is told so as of something that went well."""
    return refused.verdict.code == SENTENCE.code


class ChangeWaits(Exception):
    """A change that shall wait; raised to take the publication back."""

    def __init__(self, publisher: User, title: str, source: str, why: Why) -> None:
        super().__init__("waits")
        self.publisher, self.title, self.source, self.why = publisher, title, source, why


def keep(page: DocumentPage, wanted: ChangeWaits) -> HeldEdit:
    """Note that the newest draft of `page` waits."""
    with gate.permit(wanted.publisher, Deed.PUBLISH, post=page.post, page=page) as permit:
        return keep_waiting(permit, Change(wanted.title, wanted.source), wanted.why)


def page_of(post: Post) -> DocumentPage:
    """The writing room of the document `post`."""
    kinds = (model for model in apps.get_models() if getattr(model, "post_kind", None) == post.kind)
    return next(page for kind in kinds for page in kind.objects.filter(post=post))


@seams.publishes_edits(Deed.PUBLISH, documents=True)
def publish_waiting(permit: gate.Permit, held: HeldEdit) -> Post:
    """Publish the draft that was looked at. Raises `Refused` when its writer went on writing since."""
    page = page_of(permit.post)
    draft = page.get_latest_revision_as_object()
    if (draft.title, draft.source) != (held.title, held.source):
        raise Refused(
            refuse(
                "old_version", _("Its writer went on writing since. They publish it again when it is ready.")
            )
        )
    with by_a_moderator():
        page.publish(page.latest_revision, held.editor, skip_permission_checks=True)
    post = Post.objects.select_related("space", "author").get(pk=permit.post.pk)
    seams.has_changed(post)
    return post
