"""What readers should know about a post: disclosures as data."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post
from intranet.policies.models import Disclosure, DisclosureKind


def set_disclosures(post: Post, kinds: Sequence[str]) -> None:
    """Make `kinds` the disclosures of a new `post`. An unknown kind is refused."""
    if not set(kinds) <= set(DisclosureKind.values):
        raise Refused(refuse("bad_disclosure", _("One of these disclosures is not known here.")))
    Disclosure.objects.bulk_create([Disclosure(post=post, kind=kind) for kind in dict.fromkeys(kinds)])


def replace_disclosures(post: Post, kinds: Collection[str]) -> None:
    """Make `kinds` the disclosures of a `post` that may have others. An unknown kind is refused."""
    Disclosure.objects.filter(post=post).exclude(kind__in=kinds).delete()
    held = set(Disclosure.objects.filter(post=post).values_list("kind", flat=True))
    set_disclosures(post, [kind for kind in kinds if kind not in held])
