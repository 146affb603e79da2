"""One LISTEN a process and a set of sockets. A message is encoded once and handed to whom it concerns."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from typing import Any, Protocol

import psycopg
import structlog
from django.db import connection

from intranet.notify.channel import CHANNEL

log = structlog.get_logger(__name__)
RETRY_SECONDS = 2


class Listener(Protocol):
    """An open page: whose it is, which thread it watches, and how to write to it."""

    person: int
    thread: str | None
    space: int | None

    async def push(self, text: str) -> None: ...

    async def evict(self) -> None: ...


class Hub:
    """Hands messages of the channel to the listeners of this process."""

    def __init__(self) -> None:
        self._by_person: dict[int, set[Listener]] = defaultdict(set)
        self._by_thread: dict[str, set[Listener]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self.is_listening = False

    def add(self, listener: Listener) -> None:
        """Start handing messages to `listener`; the first one opens the LISTEN."""
        self._by_person[listener.person].add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._listen())

    def watchers(self, thread: str) -> int:
        """How many pages of this process watch `thread`."""
        return len(self._by_thread.get(thread, ()))

    def watch(self, listener: Listener, thread: str, space: int) -> None:
        """Hand `listener` the new posts of `thread` from now on, and of no other thread."""
        self.unwatch(listener)
        listener.thread, listener.space = thread, space
        self._by_thread[thread].add(listener)

    def unwatch(self, listener: Listener) -> None:
        """Hand `listener` no more posts."""
        if listener.thread is not None:
            self._by_thread[listener.thread].discard(listener)
            if not self._by_thread[listener.thread]:
                del self._by_thread[listener.thread]
        listener.thread = listener.space = None

    def remove(self, listener: Listener) -> None:
        """Forget a closed page; the last one ends the LISTEN."""
        self.unwatch(listener)
        self._by_person[listener.person].discard(listener)
        if not self._by_person[listener.person]:
            del self._by_person[listener.person]
        if not self._by_person and self._task:
            self._task.cancel()
            self._task = None
            self.is_listening = False

    async def _listen(self) -> None:
        while True:
            try:
                await self._receive()
            except psycopg.OperationalError as problem:
                self.is_listening = False
                log.warning("live_channel_lost", problem=str(problem))
                await asyncio.sleep(RETRY_SECONDS)

    async def _receive(self) -> None:
        parameters = connection.get_connection_params()
        wanted = ("host", "port", "dbname", "user", "password")
        address = {name: parameters[name] for name in wanted if parameters.get(name)}
        async with await psycopg.AsyncConnection.connect(**address, autocommit=True) as listening:
            await listening.execute(f"LISTEN {CHANNEL}")
            self.is_listening = True
            async for notice in listening.notifies():
                await self.dispatch(json.loads(notice.payload))

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Hand one message of the channel to whom it concerns."""
        match message:
            case {"kind": "told", "people": people}:
                found = [each for person in people for each in self._by_person.get(person, ())]
                await self._push(found, {"type": "notification"})
            case {"kind": "post", "thread": thread, "post": post}:
                found = list(self._by_thread.get(thread, ()))
                await self._push(found, {"type": "post", "thread": thread, "id": post})
            case {"kind": "moved", "thread": thread}:
                await self._leave(thread)
            case {"kind": "evict", "person": person, "space": space}:
                await self._evict(person, space)

    async def _push(self, listeners: list[Listener], message: dict[str, Any]) -> None:
        text = json.dumps(message)
        for listener in listeners:
            await listener.push(text)

    async def _leave(self, thread: str) -> None:
        """Hand nobody the new posts of `thread` until they ask again, under the rights that hold where it is now."""
        found = list(self._by_thread.get(thread, ()))
        for listener in found:
            self.unwatch(listener)
        await self._push(found, {"type": "moved", "thread": thread})

    async def _evict(self, person: int | None, space: int | None) -> None:
        """Make pages that may have lost their right ask for it again, or close when the person may not read at all."""
        everybody = [each for listeners in list(self._by_person.values()) for each in list(listeners)]
        for listener in everybody:
            if person not in (None, listener.person):
                continue
            if space is None:
                await listener.evict()
            elif listener.space == space:
                self.unwatch(listener)


hub = Hub()
