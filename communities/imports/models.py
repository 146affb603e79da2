"""Where rows that came from another site came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ImportedRow(models.Model):
    """One record of another system and what it became here, so that a second import finds it.

    `source` names the site and the community it went to, `external_id` is the record's own id there.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        POST = "post"
        COMMENT = "comment"

    source = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind)
    external_id = models.CharField(max_length=100)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="imported_from"
    )
    post = models.ForeignKey(
        "intranet.Post", models.CASCADE, null=True, blank=True, related_name="imported_from"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="imported_once"),
            models.CheckConstraint(
                condition=models.Q(kind="person", person__isnull=False, post=None)
                | (~models.Q(kind="person") & models.Q(person=None, post__isnull=False)),
                name="imported_row_has_its_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.external_id}"
