"""Looks at reports about people leave an entry. Their table lies above this package, so it is known by name."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save

from intranet.audit import trail


def report_seen(instance: Model, created: bool, **_: Any) -> None:
    """Write who looked at which report, on the page or as a file."""
    if created:
        trail.write("report_seen", instance.person, report=instance.snapshot_id, form=instance.form)


post_save.connect(report_seen, sender="kms.SnapshotView", dispatch_uid="audit.report_seen")
