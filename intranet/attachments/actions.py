"""Deeds with files: upload one for a text that is being written, and give it to the post that names it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.attachments import storing
from intranet.attachments.kinds import LOOK_AT, is_program, type_of
from intranet.attachments.names import clean_name
from intranet.attachments.pictures import BadPicture, TooManyPixels, made_anew
from intranet.attachments.verbs import ATTACHED
from intranet.content.files import Attachment
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import ATTACHMENT_BYTES_A_DAY, ATTACHMENT_MAX_BYTES, ATTACHMENTS_A_DAY
from intranet.text.files import files_in


@dataclass(frozen=True)
class _Content:
    """What is kept of a file: bytes and type, and of a picture its measures and the smaller one."""

    whole: bytes
    content_type: str
    size: tuple[int, int] = (0, 0)
    small: bytes = b""
    small_size: tuple[int, int] = (0, 0)


def upload(
    *, owner: User, file: BinaryIO, name: str, post: Post | None = None, space: Space | None = None
) -> Attachment:
    """Keep `file` for a text below `post`, or for a new one in `space`. Only `owner` sees it until it is posted.

    Raises `Refused`: by the gate, when the day's share is used up, or for a file that is not taken.
    """
    # Asked without locks first, so that nobody makes the server read files who may not attach any.
    place = post.space if post else space
    verdict = gate.verdict_on(gate.Permit(owner, Deed.ATTACH, place, post, post and post.thread))
    if not verdict:
        raise Refused(verdict)
    title = clean_name(name)
    content = _read(file, title)
    with gate.permit(owner, Deed.ATTACH, post=post, space=space) as permit:
        _must_have_room(permit.actor, len(content.whole))
        made = Attachment(
            owner=permit.actor,
            name=title,
            content_type=content.content_type,
            size=len(content.whole),
            digest=storing.digest(content.whole),
            width=content.size[0],
            height=content.size[1],
            small_width=content.small_size[0],
            small_height=content.small_size[1],
        )
        storing.put(made.path, content.whole)
        if content.small:
            storing.put(made.small_path, content.small)
        made.save()
        return made


def _read(file: BinaryIO, name: str) -> _Content:
    """The content as it is kept; pictures are made anew."""
    raw = file.read(ATTACHMENT_MAX_BYTES + 1)
    if len(raw) > ATTACHMENT_MAX_BYTES:
        limit = ATTACHMENT_MAX_BYTES // (1024 * 1024)
        raise Refused(
            refuse("file_too_large", _("This file is too large: up to %(limit)s MB.") % {"limit": limit})
        )
    if not raw:
        raise Refused(refuse("file_empty", _("This file is empty.")))
    head = raw[:LOOK_AT]
    if is_program(head, name):
        raise Refused(
            refuse("file_program", _("Programs and scripts are not taken. Put it into an archive."))
        )
    kind = type_of(head)
    if not kind.startswith("image/"):
        return _Content(raw, kind)
    file.seek(0)
    try:
        picture = made_anew(file)
    except TooManyPixels:
        raise Refused(
            refuse("picture_too_large", _("This picture has too many pixels: up to 24 million."))
        ) from None
    except BadPicture:
        raise Refused(refuse("picture_broken", _("This picture cannot be read."))) from None
    return _Content(picture.content, picture.content_type, picture.size, picture.small, picture.small_size)


def _must_have_room(person: User, size: int) -> None:
    """The share of a day, counted under the lock on the person's row, so that two uploads cannot both use the rest."""
    if not settings.KESHER_RATE_LIMITS:
        return
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    since = timezone.now() - timedelta(days=1)
    used = Attachment.objects.filter(owner=person, created__gt=since).aggregate(
        n=Count("pk"), bytes=Sum("size")
    )
    if used["n"] < ATTACHMENTS_A_DAY and (used["bytes"] or 0) + size <= ATTACHMENT_BYTES_A_DAY:
        return
    raise Refused(refuse("quota", _("That is all that one person can attach in a day. Try again tomorrow.")))


def waiting(owner: User, source: str, lent: Collection[str] = ()) -> list[Attachment]:
    """The files that `source` names and that no post has yet: those of `owner`, and the `lent` ones of others."""
    ids = files_in(source)
    mine = Q(owner=owner) | Q(public_id__in=lent)
    return list(Attachment.objects.filter(mine, post=None, public_id__in=ids)) if ids else []


def attach(
    *, owner: User, source: str, post: Post, below: Post | None = None, lent: Collection[str] = ()
) -> list[Attachment]:
    """Give `post` the files of `owner` that its `source` names. `below` is what it was written under, if anything.

    `lent` are ids of files that others put into the draft of it. Raises `Refused` when a lock stops attachments there;
    the caller's transaction takes everything back.
    """
    files = waiting(owner, source, lent)
    if not files:
        return []
    target = {"post": below} if below else {"space": post.space}
    with gate.permit(owner, Deed.ATTACH, **target) as permit:
        for file in files:
            file.post = post
            file.save(update_fields=["post"])
            record(ATTACHED, permit.actor, post=post, file=file.public_id)
    return files
