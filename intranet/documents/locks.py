"""A lock of ours as Wagtail's editor shows it."""

from __future__ import annotations

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock

from intranet.moderation.models import Lock


class ClauseLock(BaseLock):
    """Locked for everybody, with the clause it rests on."""

    def __init__(self, page: Model, lock: Lock) -> None:
        super().__init__(page)
        self.lock = lock

    def for_user(self, user: Model) -> bool:
        return True

    def get_message(self, user: Model) -> SafeString:
        """The clause with its policy and version."""
        clause = self.lock.clause
        return format_html(
            _("<b>Locked under {policy}, {clause}, version {version}:</b> {text}"),
            policy=clause.version.policy.label,
            clause=clause.number,
            version=clause.version.number,
            text=clause.text,
        )

    def get_locked_by(self, user: Model) -> str:
        return _("Locked under a policy")

    def get_description(self, user: Model) -> str:
        return _("Nobody can change this page while the lock holds.")
