"""The address to which somebody replies: `reply+TOKEN@domain`, for one person, one post and a month.

The token is signed, not stored. It is 36 small letters and digits, because the part before the @ may have 64 characters
and some mail servers change capitals.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from intranet.content.models import Post
from intranet.people.models import User
from intranet.settings.product import MAIL_REPLY_DAYS

SALT = "kesher.mailin"
EPOCH = date(2020, 1, 1)
IDS, MAC = 12, 10
"""Bytes of the ids with the last day, and of the signature."""

TOKEN = re.compile(r"reply\+([a-z2-7]{36})@([^\s<>,;]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """What a token says: who replies to which post, and whether it is past its last day."""

    person: int
    post: int
    expired: bool


def _signature(payload: bytes) -> bytes:
    return salted_hmac(SALT, payload.hex(), algorithm="sha256").digest()[:MAC]


def _today() -> int:
    return (timezone.localdate() - EPOCH).days


def address_for(person: User, post: Post) -> str:
    """Where `person` replies to `post` by mail; "" where replies by mail are off."""
    if not settings.REPLY_DOMAIN:
        return ""
    last = _today() + timedelta(days=MAIL_REPLY_DAYS).days
    payload = person.pk.to_bytes(5) + post.pk.to_bytes(5) + last.to_bytes(2)
    return f"reply+{_written(payload + _signature(payload))}@{settings.REPLY_DOMAIN}"


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def claim_in(addresses: str) -> Claim | None:
    """What the first address of ours in `addresses` (a header or an argument) claims; None when none is genuine."""
    for token, domain in TOKEN.findall(addresses):
        if domain.lower() == settings.REPLY_DOMAIN.lower() and (claim := _read(token)):
            return claim
    return None


def _read(token: str) -> Claim | None:
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    payload, signature = raw[:IDS], raw[IDS:]
    if not hmac.compare_digest(signature, _signature(payload)) or _written(raw) != token.lower():
        return None  # the second: bits at the end that say nothing are not to be played with
    person, post, last = (int.from_bytes(payload[start:end]) for start, end in ((0, 5), (5, 10), (10, 12)))
    return Claim(person, post, expired=last < _today())


def digest_of(message_id: str) -> str:
    """What stands for a Message-ID in the table."""
    return hashlib.sha256(message_id.strip().encode()).hexdigest()
