"""What a page costs: queries, time, bytes, elements and requests of the main pages, on whatever the database holds.

    ./kesher manage shell -c "from bench.pages import main; main()"

Times are of the page alone, in this process, without a network; the last column sets them against the bare answer of
/healthz in the same run, so that figures of different machines can be compared. Elements are start tags. Requests are
the page with the styles, scripts and icons it names.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client

from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post, Space
from intranet.people.models import User

WARM, TIMED = 3, 40
QUERY = "grease"


class Queries:
    """Counts the queries of every connection, in whichever thread a page asks them."""

    def __init__(self) -> None:
        self.count = 0
        connection_created.connect(self._listen)

    def _listen(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        if self._counted not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._counted)

    def _counted(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)


class Page(HTMLParser):
    """Counts what a browser has to build and to ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements = 0
        self.files: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        named = dict(attrs)
        address = named.get("src") or named.get("href") or ""
        if (
            tag in ("script", "img", "use") or (tag == "link" and named.get("rel") != "canonical")
        ) and address:
            self.files.add(address.split("#")[0])


def pages() -> Iterator[tuple[str, str]]:
    """`(name, address)` of what is measured; the fullest community and its longest thread stand for all."""
    threads = Post.objects.filter(kind=PostKind.QUESTION, state=PostState.PUBLISHED)
    longest = threads.order_by("-reply_count").first()
    twenty = threads.filter(reply_count__lte=20).order_by("-reply_count").first()
    fullest = max(Space.objects.communities(), key=lambda space: space.posts.count())
    yield "bare page", "/healthz"
    yield "home", "/"
    yield f"community, {fullest.posts.count()} posts", f"/c/{fullest.slug}/"
    yield f"thread, {twenty.reply_count} replies", f"/t/{twenty.public_id}/"
    yield f"thread, {longest.reply_count} replies", f"/t/{longest.public_id}/"
    yield "search", f"/search/?q={QUERY}"
    yield "finder", f"/experts/?q={QUERY}"
    yield "profile", f"/people/{longest.author.username}/"
    yield "network report", "/km/network/"


def measure(client: Client, queries: Queries, name: str, address: str, bare: float) -> tuple[str, float]:
    """One line of the table, and the median in milliseconds."""
    for _ in range(WARM):
        client.get(address)
    queries.count = 0
    answer = client.get(address)
    asked = queries.count
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    spent = sorted(_milliseconds(client, address) for _ in range(TIMED))
    median, slow = statistics.median(spent), spent[int(len(spent) * 0.95)]
    page = Page(answer.content.decode())
    line = (
        f"| {name} | {asked} | {median:.1f} | {slow:.1f} | {len(answer.content) / 1000:.1f} "
        f"| {page.elements} | {1 + len(page.files)} | {median / (bare or median):.1f} |"
    )
    return line, median


def _milliseconds(client: Client, address: str) -> float:
    start = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the table in Markdown."""
    queries = Queries()
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.active().holding("km").first())
    print(f"{Post.objects.count()} posts, {User.objects.count()} people\n")
    print("| page | queries | p50 ms | p95 ms | kB | elements | requests | × bare |")
    print("|---|---|---|---|---|---|---|---|")
    bare = 0.0
    for name, address in pages():
        line, median = measure(client, queries, name, address, bare)
        bare = bare or median
        print(line)
