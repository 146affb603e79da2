"""The planted word travels over no socket, also not over the one that a member left open when they were removed."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from asgiref.sync import sync_to_async

from communities.joining import actions as joining
from communities.questions import actions as questions
from intranet.activity import readers
from intranet.management.surfaces import MESSAGES
from intranet.posting import actions as posting
from tests.access.words import BOTH, PLANTED
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast
from tests.notify.test_live import QUIET_SECONDS, page_of


@sync_to_async
def _a_thread() -> tuple[Cast, object]:
    cast = make_cast()
    join(cast.secret, cast.former)
    return cast, make.question(cast.noa, cast.secret, BOTH, f"{BOTH} @former")


@sync_to_async
def _go_on(cast: Cast, asked: object) -> None:
    """All that can happen in the thread, once `former` is out."""
    answered = make.answer(cast.alex, asked, f"{BOTH} @former @outsider @guest")
    make.comment(cast.noa, answered, f"{BOTH} @former")
    posting.edit(editor=cast.alex, post=answered, source=f"{BOTH} @former again", base_revision=1)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    readers.catch_up_all()


@pytest.mark.django_db(transaction=True)
async def test_an_open_socket_tells_an_outsider_nothing_and_a_member_ids_only():
    assert set(MESSAGES) == {"moved", "notification", "post"}, "say here what the new message must not tell"
    cast, asked = await _a_thread()
    async with AsyncExitStack() as stack:
        former = await stack.enter_async_context(page_of(cast.former, asked))
        member = await stack.enter_async_context(page_of(cast.alex, asked))
        others = [await stack.enter_async_context(page_of(each)) for each in (cast.outsider, cast.guest)]
        for page in others:
            await page.send_json_to({"watch": asked.public_id})
        await sync_to_async(joining.remove)(actor=cast.owner, space=cast.secret, person=cast.former)
        await _go_on(cast, asked)
        heard = await member.receive_json_from(timeout=5)
        assert set(heard) <= {"type", "thread", "id"}
        assert [await page.receive_nothing(QUIET_SECONDS) for page in (former, *others)] == [True] * 3
        while not await member.receive_nothing(QUIET_SECONDS):
            assert PLANTED not in await member.receive_from()
