"""Citations of a clause that has changed since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.policies.models import ClauseVersion, PolicyVersion


class Verdict(models.TextChoices):
    """What the owner of the policy says about a citation whose clause has changed."""

    STANDS = "stands", _("Still rests on it")
    RECONSIDER = "reconsider", _("To be looked at again")


class StaleCitation(models.Model):
    """A lock, a flag or a decision that cites a clause which reads otherwise since the version `changed_in`."""

    cited = models.ForeignKey(ClauseVersion, models.CASCADE, related_name="stale_citations")
    changed_in = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="stale_citations")
    lock = models.ForeignKey("intranet.Lock", models.CASCADE, null=True, related_name="stale_citations")
    flag = models.ForeignKey("intranet.Flag", models.CASCADE, null=True, related_name="stale_citations")
    decision = models.ForeignKey(
        "intranet.Decision", models.CASCADE, null=True, related_name="stale_citations"
    )
    outcome = models.CharField(max_length=10, choices=Verdict, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_in__published", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lock__isnull=False, flag=None, decision=None)
                | Q(lock=None, flag__isnull=False, decision=None)
                | Q(lock=None, flag=None, decision__isnull=False),
                name="stale_citation_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["changed_in", "lock", "flag", "decision"],
                nulls_distinct=False,
                name="stale_citation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cited.name}: {self.what}"

    @property
    def what(self) -> str:
        """What cites the clause, in a word."""
        if self.lock_id:
            return str(_("A lock"))
        return str(_("A flag") if self.flag_id else _("A decision"))
