"""Each notice as a mail of its own, for those who want that: what was said, and an address to which one can reply."""

from __future__ import annotations

from email.utils import make_msgid
from html import unescape
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import strip_tags

from intranet.activity.models import Event
from intranet.activity.verbs import verb_named
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.mailin.addresses import address_for
from intranet.mailin.cutting import MARK
from intranet.mailin.repliers import replier_for
from intranet.notify.digests import token_for
from intranet.notify.models import Digest, Notification, Rhythm
from intranet.notify.sentences import sentence, title_of
from intranet.people.models import User
from intranet.policies.disclosures.showing import words_of
from intranet.settings.product import LETTERS_AT_ONCE


def send_letters(person: int | None = None) -> int:
    """Send what waits to everybody who wants a mail each time, or to `person` alone; how many went out.

    A second call sends nothing twice. Visibility is asked when a mail is written.
    """
    wanted = Digest.objects.filter(rhythm=Rhythm.DIRECT, person__is_active=True).exclude(person__email="")
    if person is not None:
        wanted = wanted.filter(person=person)
    sent = 0
    for pk in wanted.values_list("pk", flat=True):
        while _send_next(pk) and sent < LETTERS_AT_ONCE:
            sent += 1
    return sent


@transaction.atomic
def _send_next(pk: int) -> bool:
    """Send one person the next notice; whether there was one. Each mail is noted before the next one is written."""
    rows = Digest.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    digest = rows.filter(pk=pk, rhythm=Rhythm.DIRECT).first()
    if digest is None:
        return False
    fresh = Notification.objects.visible_to(digest.person).unseen().filter(event_id__gt=digest.told_until)
    told = (
        fresh.select_related("event__actor", "event__post__root", "event__post__author", "event__space")
        .order_by("event_id")
        .first()
    )
    if told is None:
        return False
    with translation.override(digest.person.language):
        _letter(digest.person, told).send()
    digest.told_until, digest.sent_at = told.event_id, timezone.now()
    digest.save(update_fields=["told_until", "sent_at"])
    return True


def _letter(person: User, told: Notification) -> EmailMessage:
    """The mail about one notice, in the thread of mails about the same thread of posts."""
    event, base = told.event, settings.WAGTAILADMIN_BASE_URL
    words = unescape(strip_tags(sentence(event)))
    stop = f"{base}/inbox/mail/stop/{token_for(person)}/"
    reply_to = _reply_to(person, event)
    context = {
        "words": words,
        **_said(event),
        "mark": MARK if reply_to else "",
        "address": f"{base}/inbox/{told.pk}/",
        "stop": stop,
    }
    return EmailMessage(
        " ".join((title_of(event) or words).split()),
        render_to_string("notify/mail/letter.txt", context),
        to=[person.email],
        reply_to=[reply_to] if reply_to else None,
        headers=_headers(event, stop),
    )


def _reply_to(person: User, event: Event) -> str:
    """Where a reply goes; "" where a notice is no talk, or nobody replies to what it is about by mail."""
    post = event.post
    talks = post is not None and verb_named(event.verb).is_talk and post.state == PostState.PUBLISHED
    return address_for(person, post) if talks and replier_for(post) else ""


def _said(event: Event) -> dict[str, Any]:
    """The text of what somebody said, with what readers should know about it; of a deed on a post only its name."""
    post = event.post
    if post is None or post.state != PostState.PUBLISHED or event.actor_id != post.author_id:
        return {"text": "", "disclosures": []}
    return {"text": post.source, "disclosures": words_of(post)}


def _headers(event: Event, stop: str) -> dict[str, str]:
    domain = settings.REPLY_DOMAIN or "kesher.invalid"
    headers = {
        "Message-ID": make_msgid(idstring=f"e{event.pk}", domain=domain),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if event.post:
        headers["References"] = headers["In-Reply-To"] = _thread_id(event.post, domain)
    return headers


def _thread_id(post: Post, domain: str) -> str:
    return f"<thread-{post.thread.public_id}@{domain}>"
