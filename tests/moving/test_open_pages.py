"""What open pages hear of a thread that moves: nothing more, until they ask again under the rights that hold there."""

from __future__ import annotations

import pytest
from asgiref.sync import sync_to_async

from communities.moving import actions
from intranet.notify.hub import hub
from tests.notify.test_live import QUIET_SECONDS, answer, ask_in, page_of

pytestmark = pytest.mark.django_db(transaction=True)


async def test_after_a_move_into_a_secret_community_only_its_members_hear_of_new_posts():
    cast, question = await ask_in("open")
    async with page_of(cast.outsider, question) as outside, page_of(cast.alex, question) as inside:
        await page_is_heard(inside)
        assert hub.watchers(question.public_id) == 2
        await sync_to_async(actions.move)(actor=cast.owner, thread=question, target=cast.secret)
        moved = {"type": "moved", "thread": question.public_id}
        assert [await page.receive_json_from(timeout=5) for page in (outside, inside)] == [moved, moved]
        for page in (outside, inside):
            await page.send_json_to({"watch": question.public_id})
        await page_is_heard(inside)
        post = await answer(cast.owner, question)
        told = await inside.receive_json_from(timeout=5)
        assert told == {"type": "post", "thread": question.public_id, "id": post.public_id}
        assert await outside.receive_nothing(QUIET_SECONDS)


async def page_is_heard(page) -> None:
    """Wait until what `page` sent was answered: its socket has nothing to say to an unknown wish."""
    await page.send_json_to({})
    assert await page.receive_nothing(QUIET_SECONDS)
