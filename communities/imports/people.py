"""The authors of an imported site: inactive people who are shown with where they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from communities.imports.models import ImportedRow
from communities.imports.stackexchange.site import Author, Entry, Site
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.text.lines import clean_line

NETWORK = "https://stackexchange.com"


def bring_authors(
    entries: Iterable[Entry], *, site: Site, source: str, space: Space, address: str
) -> tuple[dict[str, User], int]:
    """The person behind each author of `entries`, by the author's key, and how many of them are new here.

    A new one is inactive, a member of `space` and carries the attribution that the licence asks for. `address`
    is the site's own, such as `https://beer.stackexchange.com`, or "" when nobody knows it.
    """
    rows = ImportedRow.objects.filter(source=source, kind=ImportedRow.Kind.PERSON).select_related("person")
    people = {row.external_id: row.person for row in rows}
    licences: dict[Author, set[str]] = defaultdict(set)
    for entry in entries:
        licences[entry.author].add(entry.row.licence)
    taken = set(User.objects.filter(username__startswith=_stem(space)).values_list("username", flat=True))
    new = {
        author.key: _person(author, site, _username(author, space, taken), address, sorted(of_author))
        for author, of_author in licences.items()
        if author.key not in people
    }
    ImportedRow.objects.bulk_create(
        ImportedRow(source=source, kind=ImportedRow.Kind.PERSON, external_id=key, person=person)
        for key, person in new.items()
    )
    Membership.objects.bulk_create(Membership(space=space, person=person) for person in new.values())
    return people | new, len(new)


def _person(author: Author, site: Site, username: str, address: str, licences: list[str]) -> User:
    account = site.people.get(author.id) if author.id is not None else None
    name = clean_line(account.name if account else author.name)[:120]
    person = User(
        username=username,
        name=name or "Former member",
        title=_host(address).removeprefix("a ")[:120],
        is_active=False,
        attribution=f"Wrote this on {_host(address)}; published there under {' and '.join(licences)}",
        attribution_url=_profile(author, account.account_id if account else None, address),
    )
    person.set_unusable_password()
    person.save()
    return person


def _username(author: Author, space: Space, taken: set[str]) -> str:
    """A name that is not `taken` and says which community its owner belongs to: `quantum-42`."""
    stem = f"{_stem(space)}-{'former' if author.id is None else abs(author.id)}"
    numbered = (f"{stem}.{number}" for number in range(2, len(taken) + 3))
    name = next(name for name in [stem, *numbered] if name not in taken)
    taken.add(name)
    return name


def _stem(space: Space) -> str:
    return space.slug[:24].strip("-")


def _host(address: str) -> str:
    return address.partition("://")[2] or "a Stack Exchange site"


def _profile(author: Author, account_id: int | None, address: str) -> str:
    """The author's page at the source: on the site itself when its address is known, else on the network."""
    if address and author.id is not None:
        return f"{address}/users/{author.id}"
    return f"{NETWORK}/users/{account_id}" if account_id else address
