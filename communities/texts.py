"""What comes with a text whatever it is, as the deeds of posting take it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict


class WithReply(TypedDict, total=False):
    """Beside the text of a reply: what is disclosed, the token that makes it post once, and when it was written."""

    disclosures: Sequence[str]
    client_token: str | None
    at: datetime | None


class WithThread(WithReply, total=False):
    """Beside the title of a thread: its text and topics as well."""

    source: str
    tags: Sequence[str]
