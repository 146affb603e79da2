"""Posts of a thread are put together from HTML made before, also for somebody else: nobody gets what is not for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from communities.moving import actions as moving
from communities.questions import actions as questions
from intranet.content.kinds import ReactionKind
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting import editing
from intranet.ui import kept
from tests.factories import threads as make
from tests.factories.cast import Cast


def _page(client, post: Post) -> str:
    page = client.get(post.get_absolute_url()).content.decode()
    return re.sub(r'(name="(?:csrfmiddlewaretoken|client_token)" value=)"[^"]*"', r"\1", page)


def _deeds(cast: Cast, asked: Post, first: Post, second: Post) -> Iterator[Callable[[], object]]:
    """What changes the look of a post for somebody."""
    yield lambda: None
    yield lambda: posting.react(person=cast.alex, post=second, value=1)
    yield lambda: make.comment(cast.noa, second, "On rig B as well?")
    yield lambda: editing.edit(editor=cast.hiba, post=first, source="Swap both shunts.", base_revision=1)
    yield lambda: questions.accept(actor=cast.noa, question=asked, answer=first)
    yield lambda: posting.react(person=cast.alex, post=first, value=-1, kind=ReactionKind.HELPED)
    yield lambda: questions.accept(actor=cast.noa, question=asked, answer=second)
    yield lambda: User.objects.filter(pk=cast.hiba.pk).update(title="Head of the lab", unit=cast.noa.unit)
    yield lambda: posting.remove(actor=cast.hiba, post=first)
    yield lambda: questions.accept(actor=cast.noa, question=asked, answer=None)
    yield lambda: moving.convert(actor=cast.owner, thread=asked, kind="discussion")
    yield lambda: make.reply(cast.alex, Post.objects.get(pk=second.pk), "Thank you all.")


@pytest.mark.parametrize("language", ["en", "he"])
def test_every_reader_gets_the_page_made_for_them(cast: Cast, sign_in, language: str) -> None:
    asked = make.question(cast.noa, cast.open)
    first, second = make.answer(cast.hiba, asked, "Swap the shunt."), make.answer(cast.noa, asked, "Zero it.")
    clients = {name: sign_in(getattr(cast, name)) for name in ("noa", "alex", "hiba", "owner")}
    for client in clients.values():
        client.cookies["django_language"] = language
    for number, deed in enumerate(_deeds(cast, asked, first, second)):
        deed()
        pages = {name: _page(client, asked) for name, client in clients.items()}
        for name, client in clients.items():
            kept.forget()
            assert (number, name, pages[name]) == (number, name, _page(client, asked))
