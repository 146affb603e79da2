"""What readers should know about a post: disclosures as data. How they are said: `disclosures.told`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from intranet.content.models import Post
from intranet.people.models import OrgUnit, User
from intranet.policies.disclosures import requirements
from intranet.policies.disclosures.mandates import behalf_of
from intranet.policies.disclosures.models import Disclosure
from intranet.policies.disclosures.told import Told, read
from intranet.policies.kinds import DisclosureKind


def set_disclosures(post: Post, said: Sequence[str]) -> None:
    """Make `said` the disclosures of a new `post`.

    Raises `Refused` for an unknown kind, for a unit or a leader for whom the author may not speak, and when a rule
    asks for a disclosure that is not among them.
    """
    Disclosure.objects.bulk_create([_row(post, told) for told in read(said)])
    requirements.check(post)


def replace_disclosures(post: Post, said: Collection[str], *, unit: OrgUnit | None = None) -> None:
    """Make `said` the disclosures of a `post` that may have others. `unit` is one whose mandate was checked.

    Raises `Refused` as `set_disclosures` does; an unchanged disclosure is not judged again.
    """
    wanted = {told.kind: told for told in read(said)}
    held = {row.kind: row for row in Disclosure.objects.filter(post=post)}
    kept = {kind for kind, row in held.items() if kind in wanted and _says(row, wanted[kind], unit)}
    Disclosure.objects.filter(post=post).exclude(kind__in=kept).delete()
    fresh = [told for kind, told in wanted.items() if kind not in kept]
    Disclosure.objects.bulk_create([_row(post, told, unit) for told in fresh])
    requirements.check(post)


def said_about(post: Post) -> list[str]:
    """The disclosures of `post` as they are said in a form."""
    rows = Disclosure.objects.filter(post=post).select_related("unit", "leader").order_by("pk")
    return [
        str(
            Told(
                row.kind,
                row.unit.path if row.unit else row.leader.username if row.leader else row.text,
                row.denied,
            )
        )
        for row in rows
    ]


def _says(row: Disclosure, told: Told, unit: OrgUnit | None) -> bool:
    if row.kind == DisclosureKind.ON_BEHALF:
        named = row.unit.path if row.unit else row.leader.username if row.leader else ""
        return row.unit == unit if unit else told.text == named
    return (row.text, row.denied) == (told.text, told.denied)


def _row(post: Post, told: Told, unit: OrgUnit | None = None) -> Disclosure:
    leader: User | None = None
    if told.kind == DisclosureKind.ON_BEHALF and not told.denied and unit is None:
        unit, leader = behalf_of(post.author, told.text)
    speaks = told.kind == DisclosureKind.ON_BEHALF and not told.denied
    return Disclosure(
        post=post,
        kind=told.kind,
        text="" if speaks else told.text,
        denied=told.denied,
        unit=unit if speaks else None,
        leader=leader,
    )
