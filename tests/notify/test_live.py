"""The live channel: ids only, to those who may know, and to nobody a moment longer."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from communities.verbs import ANSWERED, ASKED
from intranet.activity import readers
from intranet.content.models import Membership
from intranet.notify.consumers import LiveConsumer
from intranet.notify.hub import hub
from intranet.posting import actions
from tests.factories.cast import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)

QUIET_SECONDS = 0.4


@asynccontextmanager
async def page_of(person, thread=None):
    """An open page of `person`, watching `thread`."""
    page = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/")
    page.scope["user"] = person
    connected, _ = await page.connect()
    assert connected
    if thread:
        await page.send_json_to({"watch": thread.public_id})
    for _ in range(100):
        if hub.is_listening and (thread is None or hub.watchers(thread.public_id)):
            break
        await asyncio.sleep(0.02)
    try:
        yield page
    finally:
        await page.disconnect()


@sync_to_async
def ask_in(space_name: str) -> tuple[Cast, object]:
    cast = make_cast()
    space = getattr(cast, space_name)
    question = actions.start(
        author=cast.noa, space=space, kind="question", title="Who signs?", source="By Sunday.", verb=ASKED
    ).post
    return cast, question


@sync_to_async
def answer(author, question, source: str = "The owner."):
    post = actions.reply(author=author, parent=question, kind="answer", source=source, verb=ANSWERED).post
    readers.catch_up_all()
    return post


async def test_an_answer_reaches_the_askers_page_and_the_open_thread_as_ids_only():
    cast, question = await ask_in("open")
    async with page_of(cast.noa, question) as page:
        post = await answer(cast.alex, question)
        received = [await page.receive_json_from(timeout=5), await page.receive_json_from(timeout=5)]
    assert received == [
        {"type": "notification"},
        {"type": "post", "thread": question.public_id, "id": post.public_id},
    ]


async def test_an_outsider_who_asks_to_watch_a_secret_thread_hears_nothing():
    cast, question = await ask_in("secret")
    async with page_of(cast.alex, question), page_of(cast.outsider) as page:
        await page.send_json_to({"watch": question.public_id})
        await answer(cast.alex, question)
        assert await page.receive_nothing(QUIET_SECONDS)


async def test_a_removed_member_with_an_open_page_hears_no_more_of_the_thread():
    cast, question = await ask_in("secret")
    async with page_of(cast.alex, question) as page, page_of(cast.noa, question):
        leaving = Membership.objects.filter(person=cast.alex, space=cast.secret)
        await sync_to_async(leaving.delete)()
        await answer(cast.owner, question)
        assert await page.receive_nothing(QUIET_SECONDS)
        await page.send_json_to({"watch": question.public_id})
        await answer(cast.owner, question, "Once more.")
        assert await page.receive_nothing(QUIET_SECONDS)


async def test_a_person_who_is_deactivated_is_cut_off():
    cast, _question = await ask_in("open")
    async with page_of(cast.alex) as page:
        cast.alex.is_active = False
        await sync_to_async(cast.alex.save)()
        assert (await page.receive_output(timeout=5))["type"] == "websocket.close"


async def test_nobody_signed_out_gets_a_socket():
    page = WebsocketCommunicator(LiveConsumer.as_asgi(), "/ws/")
    connected, code = await page.connect()
    assert (connected, code) == (False, 4401)
