"""Once: a text that is sent twice is stored once, and both times answered with the same post."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content import voices
from intranet.content.models import Post
from intranet.people.models import User

TOKEN_LOCK_CLASS = 7302


@dataclass(frozen=True)
class Written:
    """A post and whether this call made it; a retried call gets the first one's post."""

    post: Post
    created: bool


def digest_of(**body: Any) -> str:
    """What stands for a body, to tell another text under the same token."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Writer:
    """Who writes, in whose name, and the token of the form as it is stored."""

    person: User
    voice: User
    client_token: str | None

    @property
    def is_sealed(self) -> bool:
        """Whether somebody else's name stands over the text."""
        return self.voice.pk != self.person.pk

    @property
    def token(self) -> str | None:
        """The token as it is stored, which must not tell who is sealed."""
        return voices.token_of(self.person, self.client_token) if self.is_sealed else self.client_token


def already_written(writer: Writer, digest: str) -> Written | None:
    """The post of an earlier call with this token; another body under the same token is refused."""
    if not writer.client_token:
        return None
    mine = Post.objects.filter(author=writer.voice, client_token=writer.token)
    post = mine.select_related("space", "root", "author").first()
    if post is None or not (writer.is_sealed or visibility.sees_post(writer.person, post)):
        return None
    if post.client_digest != digest:
        raise Refused(refuse("token_reused", _("This form was already sent with another text.")))
    return Written(post, created=False)


def written_meanwhile(writer: Writer, digest: str) -> Written | None:
    """`already_written` under a lock on the token: of two calls at the same moment the second one waits here."""
    if not writer.client_token:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [TOKEN_LOCK_CLASS, f"{writer.voice.pk}:{writer.token}"],
        )
    return already_written(writer, digest)
