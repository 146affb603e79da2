"""In whose name a post stands: its writer's own, or that of the one account which speaks for all who ask anonymously.

A post whose writer is sealed has that account for its author, in every table and from the first moment, so there is
nothing to hide afterwards. Who stands behind it is known to one keeper alone, which a package above registers here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from django.utils.crypto import salted_hmac

from intranet.content.models import Post
from intranet.people.models import User

ANONYMOUS: Final = "kesher:anonymous"
"""The directory id of the account: no directory hands it out, so no person can come to be it."""


class Keeper(Protocol):
    """Knows who stands behind the posts of the account."""

    def holds(self, person: User, post: Post) -> bool:
        """Whether `person` wrote `post`, which the account is the author of."""

    def close(self, person: User, post: Post) -> None:
        """Remember that `person` wrote `post`, in the transaction that writes it."""

    def behind(self, threads: Iterable[int]) -> Mapping[int, int]:
        """`{id of a thread: id of who asked it}` of those of `threads` that were asked anonymously; one query."""


_keepers: list[Keeper] = []


def keep(keeper: Keeper) -> None:
    """Register the keeper."""
    _keepers[:] = [keeper]


def the_voice() -> User:
    """The account in whose name anonymous posts stand. It cannot sign in."""
    names = {"username": "anonymous-colleague", "name": "Anonymous colleague", "name_he": "בעילום שם"}
    account: User
    account, made = User.objects.get_or_create(directory_id=ANONYMOUS, defaults={**names, "is_active": False})
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def is_voice(person: User | None) -> bool:
    """Whether `person` is that account."""
    return person is not None and person.directory_id == ANONYMOUS


def sealed_for(person: User, post: Post) -> bool:
    """Whether `person` wrote `post` and their name is sealed. No query for a post of anybody else."""
    return is_voice(post.author) and any(keeper.holds(person, post) for keeper in _keepers)


def wrote(person: User, post: Post) -> bool:
    """Whether `person` wrote `post`, under their own name or sealed."""
    return post.author_id == person.pk or sealed_for(person, post)


def voice_of(person: User, post: Post) -> User:
    """In whose name `person` acts as the writer of `post`: the account's where they are sealed, else their own."""
    return post.author if sealed_for(person, post) else person


def close(person: User, post: Post) -> None:
    """Seal that `person` wrote `post`."""
    for keeper in _keepers:
        keeper.close(person, post)


def behind(threads: Iterable[int]) -> dict[int, int]:
    """Who is told in place of the account: `{id of a thread: id of who asked it}`."""
    found: dict[int, int] = {}
    wanted = list(threads)
    for keeper in _keepers if wanted else ():
        found |= keeper.behind(wanted)
    return found


def token_of(person: User, client_token: str | None) -> str | None:
    """A client token as it is stored with a sealed post: different for each person, and nothing to recognise them by."""
    if not client_token:
        return None
    return salted_hmac("kesher.voices", f"{person.pk}:{client_token}", algorithm="sha256").hexdigest()[:60]
