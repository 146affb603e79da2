"""The log: one row a deed, written in the same transaction as the deed, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func
from django.utils import timezone


class EventQuerySet(models.QuerySet):
    """Events with what a reader of the log needs."""

    def with_targets(self) -> EventQuerySet:
        return self.select_related("actor", "about", "post__root", "post__space", "space")


class Event(models.Model):
    """Who did what, to whom, about which post, where and when. `data` holds facts, never scores.

    `txid` is the id of the transaction that wrote the row. Ids are handed out before a transaction commits, so
    a reader that only remembered the last id would miss rows of a slow transaction; see `readers`.
    """

    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deeds")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="deeds_about")
    post = models.ForeignKey("intranet.Post", models.PROTECT, null=True, related_name="events")
    space = models.ForeignKey("intranet.Space", models.PROTECT, null=True, related_name="events")
    data = models.JSONField(default=dict)
    txid = models.BigIntegerField(
        editable=False,
        db_default=Func(
            template="(pg_current_xact_id()::text::bigint)", output_field=models.BigIntegerField()
        ),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["txid", "id"], name="event_reading_order"),
            models.Index(fields=["verb", "-at"], name="event_verb_at"),
            models.Index(fields=["post", "verb"], name="event_post_verb"),
            models.Index(fields=["actor", "-at"], name="event_actor_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor} {self.verb}"

    @property
    def place_id(self) -> int | None:
        """The space in which the event stands now: its post may have been moved since."""
        return self.post.space_id if self.post else self.space_id

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Events are append-only.")
        super().save(**kwargs)


class Cursor(models.Model):
    """How far one reader of the log has come, in the log's reading order (txid, id)."""

    name = models.CharField(max_length=60, primary_key=True)
    txid = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.event}"
