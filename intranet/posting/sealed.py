"""What a sealed name must not let out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.attachments.actions import waiting
from intranet.posting.once import Writer


def must_not_show(writer: Writer, source: str) -> None:
    """A file tells whose it is, by its name and by what is in it: none goes with a sealed name."""
    if writer.is_sealed and waiting(writer.person, source):
        sentence = _(
            "A file can show who you are, so none goes with an anonymous text. Remove it and send again."
        )
        raise Refused(refuse("file_anonymous", sentence))
