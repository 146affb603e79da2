"""Every address there is, filled with what exists, and asked as a reader would.

A surface whose address has a place nobody knows how to fill raises `Unknown`: whoever adds one says here what belongs
into it, so that no way out of the house is left unwalked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from intranet.management.surfaces import Surface, all_surfaces

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>|\{(?:(\w+):)?(\w+)\}|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
LIBRARIES = ("/cms", "/admin", "/accounts", "/media")
"""Addresses that come with a library; their places are filled with anything."""
WALKED = ("page", "feed", "export", "API route")
"""Kinds of surfaces that have an address. Others are reached otherwise, each by a test of its own."""

KINDS: tuple[tuple[str, str, str], ...] = (
    # how the address begins, the place in it, what is put there
    ("/attachments/", "public_id", "attachment"),
    ("/surgeries/", "public_id", "surgery"),
    ("/offers/", "public_id", "offer"),
    ("/mergers/", "public_id", "merger"),
    ("/moderation/cases/", "public_id", "case"),
    ("/moderation/case/", "public_id", "case"),
    ("/moderation/appeals/", "public_id", "appeal"),
    ("/policies/", "public_id", "policy post"),
    ("/", "public_id", "post"),
    ("/blogs/", "slug", "blog"),
    ("/policies/", "slug", "policy"),
    ("/u/", "slug", "unit"),
    ("/c/", "slug", "space"),
    ("/communities/", "slug", "space"),
    ("/communities/", "into", "space"),
    ("/moderation/places/", "slug", "space"),
    ("/inbox/", "pk", "notification"),
    ("/people/", "pk", "evidence"),
    ("/moderation/decisions/", "pk", "decision"),
    ("/me/decisions/", "pk", "decision"),
    ("/moderation/locks/", "pk", "lock"),
    ("/moderation/pages/", "pk", "number"),
    ("/km/network/", "pk", "number"),
    ("/km/network/forums/", "slug", "space"),
    ("/network/", "pk", "number"),
    ("/communities/", "number", "row"),
    ("/communities/", "week", "week"),
    ("/invitations/", "number", "invitation"),
    ("/sealed/", "public_id", "unsealing"),
    ("/km/network/introductions/", "pk", "introduction"),
    ("/network/introductions/", "pk", "introduction"),
    ("/policies/care/", "number", "number"),
    ("/", "username", "person"),
    ("/", "queue", "queue"),
    ("/blogs/drafts/", "key", "draft"),
    ("/drafts/", "key", "draft"),
    ("/articles/", "key", "article"),
    ("/moderation/rules/", "pk", "rule"),
    ("/moderation/rules/tries/", "pk", "trial"),
    ("/moderation/audit/", "pk", "number"),
    ("/join/", "token", "token"),
    ("/inbox/mail/stop/", "token", "token"),
    ("/topics/", "topic", "topic"),
    ("/following/", "kind", "followed kind"),
    ("/following/", "key", "followed"),
)
QUERY = "q={word}&title={word}&term={word}&tag={word}&community={space}&space={space}&at={post}&post={post}"
"""What a page without a place in its address is asked besides."""


class Unknown(AssertionError):
    """A surface the walk does not know how to fill."""


@dataclass(frozen=True)
class Step:
    """One address to ask, by which method, on the way to which surface."""

    surface: str
    method: str
    address: str


@cache
def walked_surfaces() -> tuple[Surface, ...]:
    """Those with an address, without the copies of routes among the pages."""
    found = [each for each in all_surfaces() if each.kind in WALKED]
    return tuple(each for each in found if each.kind == "API route" or not each.where.startswith("/api/v1/"))


def this_week() -> str:
    """The Sunday on which the current week of duty began."""
    today = timezone.localdate()
    return str(today - timedelta(days=(today.weekday() + 1) % 7))


def places_of(where: str) -> list[str]:
    """The names of the places in an address."""
    return [next(filter(None, (match[2], match[4], match[5]))) for match in PLACE.finditer(where)]


def kind_of_place(where: str, place: str) -> str:
    """What is put into a place of an address. Raises `Unknown`."""
    fitting = [(start, kind) for start, name, kind in KINDS if name == place and where.startswith(start)]
    if not fitting:
        raise Unknown(f"{where}: tests/access/walking.py does not say what belongs into <{place}>")
    return max(fitting)[1]


def steps(
    values: Mapping[str, Sequence[str]], *, libraries: bool = True, kinds: Collection[str] = WALKED
) -> Iterator[Step]:
    """Every address with everything that fits; `values` by the kinds named in `KINDS`. Raises `Unknown`."""
    query = QUERY.format(word=values["word"][0], space=values["space"][0], post=values["post"][0])
    for each in (surface for surface in walked_surfaces() if surface.kind in kinds):
        method, _, where = each.where.rpartition(" ")
        start = "/api/v1" if method else ""
        if where.startswith(LIBRARIES):
            if libraries:
                yield Step(each.where, "GET", _plain(where).format(*["1"] * len(places_of(where))))
            continue
        filled = [values[kind_of_place(where, place)] for place in places_of(where)]
        for chosen in product(*filled):
            yield Step(each.where, method or "GET", start + _plain(where).format(*chosen))
        if not filled and method in ("", "GET"):
            yield Step(each.where, "GET", f"{start}{_plain(where)}?{query}")


def _plain(where: str) -> str:
    return PLACE.sub("{}", where).rstrip("$").replace("[\\s\\S]*", "x").replace("\\", "")


def take(client: Client, step: Step, body: Mapping[str, object]) -> HttpResponse:
    """The answer to a step; what it writes is taken back. A page that takes no GET is sent `body` as a form."""
    with transaction.atomic():
        if step.method == "GET":
            answer = client.get(step.address)
            if answer.status_code == 405 and not step.address.startswith("/api/"):
                answer = client.post(step.address, {k: v for k, v in body.items() if v is not None})
        else:
            answer = client.generic(
                step.method, step.address, json.dumps(body), content_type="application/json"
            )
        transaction.set_rollback(True)
    return answer


def text_of(answer: HttpResponse) -> str:
    """The whole answer: what a reader can see of it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
    return f"{answer.status_code}\n{heads}\n\n{body.decode(errors='replace')}"


def found_in(text: str, step: Step, telling: Iterable[str]) -> list[str]:
    """Which of the telling strings an answer holds that the reader did not bring along."""
    return [word for word in telling if word in text and word.strip("/") not in step.address]
