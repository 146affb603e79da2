"""Citations of a clause that has changed since."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from intranet.policies.citing.kinds import Kind, all_kinds
from intranet.policies.models import ClauseVersion, PolicyVersion


class Verdict(models.TextChoices):
    """What the owner of the policy says about a citation whose clause has changed."""

    STANDS = "stands", _("Still rests on it")
    RECONSIDER = "reconsider", _("To be looked at again")


CITING = ("lock", "flag", "decision", "rule")
OF_ONE_THING = reduce(or_, (Q(**{f"{each}__isnull": each != cites for each in CITING}) for cites in CITING))


class StaleCitationQuerySet(models.QuerySet):
    """Citations by whether somebody has said what becomes of them."""

    def waiting(self) -> Self:
        """Those that nobody has settled, of what still rests on the clause it cited then."""
        binds = [
            Exists(kind.binding().filter(pk=OuterRef(kind.name), clause=OuterRef("cited")))
            for kind in all_kinds()
        ]
        return self.filter(reduce(or_, map(Q, binds)), outcome="")

    def settled(self) -> Self:
        return self.exclude(outcome="")


class StaleCitation(models.Model):
    """A row that cites a clause which reads otherwise since the version `changed_in`; one key for each `Kind`."""

    cited = models.ForeignKey(ClauseVersion, models.CASCADE, related_name="stale_citations")
    changed_in = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="stale_citations")
    lock = models.ForeignKey("intranet.Lock", models.CASCADE, null=True, related_name="stale_citations")
    flag = models.ForeignKey("intranet.Flag", models.CASCADE, null=True, related_name="stale_citations")
    decision = models.ForeignKey(
        "intranet.Decision", models.CASCADE, null=True, related_name="stale_citations"
    )
    rule = models.ForeignKey("intranet.Rule", models.CASCADE, null=True, related_name="stale_citations")
    outcome = models.CharField(max_length=10, choices=Verdict, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = StaleCitationQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_in__published", "id"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE_THING, name="stale_citation_of_one_thing"),
            models.UniqueConstraint(
                fields=["changed_in", *CITING],
                nulls_distinct=False,
                name="stale_citation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cited.name}: {self.kind.label}"

    @property
    def kind(self) -> Kind:
        """What kind of thing cites the clause."""
        return next(kind for kind in all_kinds() if getattr(self, f"{kind.name}_id"))

    @property
    def citing(self) -> Any:
        """What cites the clause."""
        return getattr(self, self.kind.name)
