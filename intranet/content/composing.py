"""From what was typed to what is stored: cleaned title, rendered text, whom it mentions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.files import Attachment
from intranet.content.kinds import DOCUMENT_KINDS, REPLY_KINDS
from intranet.content.mentioning import Mentioned
from intranet.content.models import Space
from intranet.people.models import User
from intranet.settings.product import TITLE_MAX
from intranet.text.errors import BadText, TooLong
from intranet.text.files import FileNote, Files
from intranet.text.lines import clean_line
from intranet.text.render import render


@dataclass(frozen=True)
class Composed:
    """The columns of a post that follow from its text, and whom it mentions."""

    columns: dict[str, object]
    mentioned: Mentioned


def clean_title(title: str, kind: str) -> str:
    """The title as it is stored; a thread needs one, a reply has none."""
    if kind in REPLY_KINDS:
        return ""
    cleaned = clean_line(title)
    if not cleaned:
        raise Refused(refuse("no_title", _("Give it a title.")))
    if len(cleaned) > TITLE_MAX:
        raise Refused(
            refuse(
                "title_too_long", _("The title can have up to %(limit)s characters.") % {"limit": TITLE_MAX}
            )
        )
    return cleaned


def _files_for(author: User, space: Space | None, lent: Collection[str]) -> Files:
    """Looks up what a text may show: files that its author sees, and of posted ones only those of the same place,
    whose names all its readers may learn. `lent` are waiting files that others put into this text."""

    def look_up(ids: Collection[str]) -> dict[str, FileNote]:
        own = Attachment.objects.visible_to(author).filter(Q(post=None) | Q(post__space=space))
        found = list(own.filter(public_id__in=ids))
        if others := set(lent) & set(ids):
            found += Attachment.objects.filter(post=None, public_id__in=others)
        return {each.public_id: each.note for each in found}

    return look_up


def compose(
    *,
    kind: str,
    title: str,
    source: str,
    author: User,
    space: Space | None = None,
    room: Space | None = None,
    lent: Collection[str] = (),
) -> Composed:
    """Check and render what was typed in `space`. Raises `Refused` with one sentence when it cannot be stored.

    `room` is where a document stands, whose files it shows; it mentions people alone, so it has no `space`. `lent`
    are the ids of files that others put into its draft.
    """
    heading = clean_title(title, kind)
    if not source.strip() and kind in REPLY_KINDS:
        raise Refused(refuse("empty", _("Write something first.")))
    mentioned = Mentioned(author, space)
    top = 2 if kind in DOCUMENT_KINDS else 3
    try:
        rendered = render(
            source, names=mentioned.names, files=_files_for(author, space or room, lent), top_heading=top
        )
    except TooLong as problem:
        sentence = _("This is too long: a post can have up to %(limit)s characters.") % {
            "limit": f"{problem.limit:,}"
        }
        raise Refused(refuse("too_long", sentence)) from None
    except BadText:
        raise Refused(refuse("bad_text", _("The text holds characters that cannot be stored."))) from None
    columns = {
        "title": heading,
        "source": source,
        "html": rendered.html,
        "text": rendered.text,
        "lang": rendered.lang,
        "renderer": rendered.version,
    }
    return Composed(columns, mentioned)
