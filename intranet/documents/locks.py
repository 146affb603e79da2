"""The lock of moderation as Wagtail's editor shows it: nobody gets past it, and it says why."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from intranet.access.deeds import Deed
from intranet.moderation.checks import lock_on_page
from intranet.moderation.kinds import STOPPED_BY
from intranet.moderation.models import Lock


class PolicyLock(BaseLock):
    """Mirrors one `moderation.Lock` on the page of a post. Released only where it was placed."""

    def __init__(self, page: Any, lock: Lock) -> None:
        super().__init__(page)
        self.lock = lock

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> SafeString:
        clause = self.lock.clause
        return format_html(
            "<b>{}</b> {} · “{}”",
            _("This is locked under a policy. Your draft is kept."),
            _("%(policy)s, %(clause)s, version %(version)s")
            % {
                "policy": clause.version.policy.label,
                "clause": clause.number,
                "version": clause.version.number,
            },
            clause.quote,
        )

    def get_locked_by(self, user: Any) -> str:
        return _("Locked by a moderator")

    def get_description(self, user: Any) -> str:
        return str(self.lock.clause)


def lock_over_page(page: Any) -> PolicyLock | None:
    """The holding lock that stops publishing `page`, or None."""
    scopes = STOPPED_BY[Deed.PUBLISH]
    lock = lock_on_page(page, scopes) if page.pk else None
    if not lock and page.post_id:
        post = page.post
        lock = Lock.objects.stopping(post=post, space=post.space, person=None, scopes=scopes)
    return PolicyLock(page, lock) if lock else None
