"""From what was typed to what is stored: cleaned title, rendered text, mentioned people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import DOCUMENT_KINDS, REPLY_KINDS
from intranet.people.models import User
from intranet.settings.product import TITLE_MAX
from intranet.text.errors import BadText, TooLong
from intranet.text.lines import clean_line
from intranet.text.render import render


@dataclass(frozen=True)
class Composed:
    """The columns of a post that follow from its text, and whom it mentions."""

    columns: dict[str, object]
    mentioned: list[User]


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


def compose(*, kind: str, title: str, source: str, author: User) -> Composed:
    """Check and render what was typed. Raises `Refused` with one sentence when it cannot be stored."""
    heading = clean_title(title, kind)
    if not source.strip() and kind in REPLY_KINDS:
        raise Refused(refuse("empty", _("Write something first.")))
    mentioned: list[User] = []

    def names_of(usernames: Collection[str]) -> dict[str, str]:
        mentioned.extend(User.objects.active().visible_to(author).filter(username__in=usernames))
        return {person.username: person.name for person in mentioned}

    try:
        rendered = render(source, names=names_of, top_heading=2 if kind in DOCUMENT_KINDS else 3)
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
