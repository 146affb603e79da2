"""The socket of an open page, at `/ws/`. It carries ids only and never trusts what it was told once."""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from intranet.content.models import Post
from intranet.notify.hub import hub
from intranet.people.models import User

SIGNED_OUT = 4401


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """Tells one page of new notifications and, when it asks to watch a thread it may read, of new posts there."""

    person: int
    thread: str | None = None
    space: int | None = None

    async def connect(self) -> None:
        user = self.scope.get("user")
        if not (user and user.is_authenticated and user.is_active):
            await self.close(code=SIGNED_OUT)
            return
        self.person = user.pk
        await self.accept()
        hub.add(self)

    async def receive_json(self, content: Any, **options: Any) -> None:
        """`{"watch": "<public id of a thread>"}`; what the reader may not see is answered with silence."""
        thread = content.get("watch") if isinstance(content, dict) else None
        if not isinstance(thread, str):
            return
        space = await self._space_of(thread)
        if space is not None:
            hub.watch(self, thread, space)

    @database_sync_to_async
    def _space_of(self, thread: str) -> int | None:
        """The space of the thread when the person, as they are now, may read it."""
        person = User.objects.active().filter(pk=self.person).first()
        if person is None:
            return None
        found = Post.objects.visible_to(person).threads().filter(public_id=thread[:16])
        return found.values_list("space_id", flat=True).first()

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "person"):
            hub.remove(self)

    async def push(self, text: str) -> None:
        await self.send(text_data=text)

    async def evict(self) -> None:
        await self.close(code=SIGNED_OUT)
