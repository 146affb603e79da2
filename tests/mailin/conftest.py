"""A place to write in, and a way to reply by mail in one line."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from intranet.content.models import Post
from intranet.mailin.addresses import address_for
from intranet.mailin.receiving import Received, receive
from intranet.people.models import User
from tests.factories.cast import Cast, make_cast

DOMAIN = "mail.kesher.example"


@pytest.fixture
def cast(db: None, settings) -> Cast:
    settings.REPLY_DOMAIN = DOMAIN
    settings.KESHER_RATE_LIMITS = False
    cast = make_cast()
    for name in ("noa", "alex", "hiba", "owner"):
        person = getattr(cast, name)
        person.email = f"{person.username}@kesher.example"
        person.save(update_fields=["email"])
    return cast


@pytest.fixture
def reply():
    """`reply(person, post, text, …)` sends a mail as `person` would reply to a notice about `post`."""
    count = iter(range(1_000))

    def send(person: User, post: Post, text: str, **headers: str) -> Received:
        message = EmailMessage()
        said = {
            "From": f"{person.display_name} <{person.email}>",
            "To": address_for(person, post),
            "Subject": "Re: something",
            "Message-ID": f"<{next(count)}@phone.example>",
        }
        for name, value in (said | {key.replace("_", "-"): value for key, value in headers.items()}).items():
            message[name] = value
        message.set_content(text)
        return receive(message.as_bytes())

    return send
