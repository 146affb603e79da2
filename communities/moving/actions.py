"""Deeds of those who keep threads in order: move, merge, split, convert, and take each back within a day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.moving import layout
from communities.moving.carrying import carry_followers, carry_topics
from communities.moving.models import Offer, OfferState, Surgery, SurgeryKind
from communities.moving.surgery import operate, put_back
from communities.polls.models import Poll
from communities.verbs import CONVERTED, MERGED, MOVED, PUT_BACK, SPLIT
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.composing import clean_title
from intranet.content.kinds import THREAD_KINDS, PostKind, PostState
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.gate import Permit, Want
from intranet.people.models import User

BECOMES = (PostKind.QUESTION, PostKind.DISCUSSION, PostKind.IDEA)
"""What a thread can be converted or split into; announcements are made by those who may announce."""


def _thread(permit: Permit) -> Post:
    """The thread that was permitted; refused for a document and for what lies in a thread."""
    if permit.post.root_id or permit.post.kind not in THREAD_KINDS:
        raise Refused(refuse("not_a_thread", _("That is no thread of a community.")))
    return permit.post


def _tell(verb: Verb, actor: User, surgery: Surgery, *posts: Post) -> None:
    for post in Post.objects.filter(pk__in=[post.pk for post in posts]).select_related(
        "space", "author", "root"
    ):
        record(verb, actor, about=post.author, post=post, surgery=surgery.pk)


def move(
    *, actor: User, thread: Post, target: Space, offered: Offer | None = None, note: str = ""
) -> Surgery:
    """Move `thread` to `target`, where `actor` decides; who `offered` it decides where it is, else the same person.

    Votes, answers, locks and cases go along. Raises `Refused`.
    """
    if thread.space_id == target.pk:
        raise Refused(refuse("already_there", _("The thread is in this community already.")))
    giver = offered.requester if offered else actor
    wants = (Want(giver, Deed.MOVE, post=thread), Want(actor, Deed.TAKE, space=target))
    with gate.permit_all(*wants) as (giving, taking):
        if offered:
            _accept(offered, taking.actor)
        surgery = operate(
            actor=taking.actor,
            kind=SurgeryKind.MOVE,
            threads=[_thread(giving)],
            change=lambda here: [layout.moved(here, target.pk)],
            target=taking.space,
            note=note,
        )
        _tell(MOVED, giving.actor, surgery, thread)
        return surgery


def _accept(offered: Offer, actor: User) -> None:
    """Close the offer as accepted; refused when it was answered or withdrawn meanwhile."""
    waiting = Offer.objects.waiting().filter(pk=offered.pk)
    if not waiting.update(state=OfferState.ACCEPTED, answered_by=actor, answered_at=timezone.now()):
        raise Refused(refuse("answered", _("This offer was answered or withdrawn meanwhile.")))


def merge(*, actor: User, thread: Post, into: Post) -> Surgery:
    """Make `thread` and all its posts part of the thread `into`, after what is there. Its address leads on to there.

    Raises `Refused`, also for a question and a talk: one of them is converted first.
    """
    if thread.pk == into.pk:
        raise Refused(
            refuse("same_thread", _("Choose another thread: this one cannot be merged into itself."))
        )
    wants = (Want(actor, Deed.RESHAPE, post=thread), Want(actor, Deed.RESHAPE, post=into))
    with gate.permit_all(*wants) as permits:
        source, target = (_thread(permit) for permit in permits)
        _check_merge(source, target)
        surgery = operate(
            actor=permits[0].actor,
            kind=SurgeryKind.MERGE,
            threads=[source, target],
            change=lambda other, here: [layout.merged(here, other)],
            target=target.space,
        )
        _carry(surgery, source, target)
        _tell(MERGED, permits[0].actor, surgery, source)
        return surgery


def _check_merge(source: Post, target: Post) -> None:
    asks = [post.kind == PostKind.QUESTION for post in (source, target)]
    if asks[0] != asks[1]:
        sentence = _("A question and a discussion cannot be merged. Convert one of them first.")
        raise Refused(refuse("kinds_differ", sentence))
    if source.state != PostState.PUBLISHED or target.state != PostState.PUBLISHED:
        raise Refused(refuse("not_published", _("Both threads must be published before they are merged.")))
    if Poll.objects.filter(post=source).exists():
        sentence = _(
            "This thread has a poll, which needs a thread of its own. Merge the other one into this one."
        )
        raise Refused(refuse("has_poll", sentence))


def _carry(surgery: Surgery, source: Post, target: Post) -> None:
    surgery.before["carried"] = {
        "follows": carry_followers(source, target),
        "topics": carry_topics(source, target),
    }
    surgery.save(update_fields=["before"])


def split(*, actor: User, posts: Sequence[Post], title: str, kind: str) -> Surgery:
    """Make a thread of its own of `posts` and all that hangs on them; the first of them starts it. Raises `Refused`."""
    if kind not in BECOMES:
        raise Refused(refuse("bad_kind", _("Choose a question, a discussion or an idea.")))
    heading = clean_title(title, kind)
    if not posts:
        raise Refused(refuse("nothing_chosen", _("Choose at least one post that starts the new thread.")))
    with gate.permit_all(*(Want(actor, Deed.RESHAPE, post=post) for post in posts)) as permits:
        root = permits[0].root
        first = _first_of(permits)
        surgery = operate(
            actor=permits[0].actor,
            kind=SurgeryKind.SPLIT,
            threads=[root],
            about=first,
            change=lambda here: layout.split(here, {permit.post.pk for permit in permits}, kind),
            target=root.space,
        )
        Post.objects.filter(pk=first.pk).update(title=heading)
        _carry(surgery, root, first)
        _tell(SPLIT, permits[0].actor, surgery, first)
        return surgery


def _first_of(permits: Sequence[Permit]) -> Post:
    """The post that starts the new thread; refused for posts of several threads and for one that nobody can read."""
    root = permits[0].root
    if root.kind not in THREAD_KINDS or any(
        permit.root.pk != root.pk or permit.post.pk == root.pk for permit in permits
    ):
        raise Refused(refuse("not_one_thread", _("Choose replies of one thread.")))
    first = min((permit.post for permit in permits), key=lambda post: post.number)
    if first.state != PostState.PUBLISHED:
        raise Refused(refuse("not_published", _("The post that starts a thread must be published.")))
    return first


def convert(*, actor: User, thread: Post, kind: str) -> Surgery | None:
    """Make `thread` a question, a discussion or an idea; None when it is one already. Raises `Refused`."""
    if kind not in BECOMES:
        raise Refused(refuse("bad_kind", _("Choose a question, a discussion or an idea.")))
    with gate.permit(actor, Deed.CONVERT, post=thread) as permit:
        root = _thread(permit)
        if root.kind == kind:
            return None
        surgery = operate(
            actor=permit.actor,
            kind=SurgeryKind.CONVERT,
            threads=[root],
            change=lambda here: [layout.converted(here, kind)],
            target=root.space,
        )
        _tell(CONVERTED, permit.actor, surgery, root)
        return surgery


def recast(*, actor: User, post: Post, kind: str, onto: Post | None = None) -> Surgery | None:
    """Make an answer a comment on the question, or on the answer `onto`; or a comment an answer.

    None when it is what it shall be. Raises `Refused`.
    """
    if kind not in (PostKind.ANSWER, PostKind.COMMENT):
        raise Refused(refuse("bad_kind", _("Choose an answer or a comment.")))
    with gate.permit(actor, Deed.CONVERT, post=post) as permit:
        target = permit.post
        _check_recast(permit, onto)
        if target.kind == kind:
            return None
        below = onto.pk if onto else permit.root.pk
        surgery = operate(
            actor=permit.actor,
            kind=SurgeryKind.RECAST,
            threads=[permit.root],
            about=target,
            change=lambda here: [
                layout.promoted(here, target.pk)
                if kind == PostKind.ANSWER
                else layout.demoted(here, target.pk, below)
            ],
            target=permit.space,
        )
        _tell(CONVERTED, permit.actor, surgery, target)
        return surgery


def _check_recast(permit: Permit, onto: Post | None) -> None:
    post, root = permit.post, permit.root
    if root.kind != PostKind.QUESTION or post.kind not in (PostKind.ANSWER, PostKind.COMMENT):
        raise Refused(
            refuse("not_an_answer", _("Only answers and comments of a question can be changed so."))
        )
    if onto is None:
        return
    fresh = Post.objects.filter(pk=onto.pk, root=root, kind=PostKind.ANSWER, state=PostState.PUBLISHED)
    if onto.pk == post.pk or not fresh.exists():
        raise Refused(refuse("not_an_answer", _("Choose another answer to the same question.")))


_UNDOING = {
    SurgeryKind.MOVE: Deed.MOVE,
    SurgeryKind.MERGE: Deed.RESHAPE,
    SurgeryKind.SPLIT: Deed.RESHAPE,
    SurgeryKind.CONVERT: Deed.CONVERT,
    SurgeryKind.RECAST: Deed.CONVERT,
}


def undo(*, actor: User, surgery: Surgery) -> Surgery:
    """Put the posts of `surgery` back where they stood; what was written since stays with what it was written about.

    Raises `Refused` for who may not, after a day, and when something else was done to the same threads since.
    Safe to repeat.
    """
    touched = [row.post for row in surgery.touched.select_related("post__root", "post__space")]
    if surgery.kind == SurgeryKind.RECAST:
        touched = touched[:1]
    wants = [Want(actor, _UNDOING[SurgeryKind(surgery.kind)], post=post) for post in touched]
    if surgery.kind == SurgeryKind.MOVE:
        wants.append(Want(actor, Deed.GIVE_BACK, space=surgery.source))
    with gate.permit_all(*wants) as permits:
        fresh = Surgery.objects.select_for_update(of=("self",)).get(pk=surgery.pk)
        if fresh.undone_at:
            return fresh
        _check_undo(fresh)
        threads = put_back(actor=permits[0].actor, surgery=fresh)
        _tell(PUT_BACK, permits[0].actor, fresh, *threads)
        return fresh


def _check_undo(surgery: Surgery) -> None:
    if not surgery.undoable:
        raise Refused(refuse("too_late", _("This can no longer be undone: a day has passed.")))
    later = Surgery.objects.standing().filter(
        pk__gt=surgery.pk, touched__post__in=surgery.touched.values("post")
    )
    if later.exists():
        sentence = _("Something else was done to this thread since. Undo that first.")
        raise Refused(refuse("not_the_last", sentence))
