"""The mail that says why a reply was not posted, with the text of whoever wrote it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from intranet.access.verdict import Verdict
from intranet.content.models import Post
from intranet.people.models import User

NO_LOOPS = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
"""Says to answering machines that a machine wrote this."""


def answer(person: User, verdict: Verdict, *, post: Post | None, text: str, page: str) -> None:
    """Tell `person` in the language that is active why their reply was not posted, once this is committed."""
    lock = verdict.detail.get("lock")
    base = settings.WAGTAILADMIN_BASE_URL
    context = {
        "name": person.get_short_name(),
        "title": post.thread.title if post else "",
        "reason": verdict.message,
        "lock": lock,
        "clause_url": f"{base}{lock.clause.get_absolute_url()}" if lock else "",
        "text": text,
        "page": f"{base}{page}" if page else "",
    }
    mail = EmailMessage(
        _("Your reply was not posted"),
        render_to_string("mailin/refused.txt", context),
        to=[person.email],
        headers=NO_LOOPS,
    )
    transaction.on_commit(mail.send)
