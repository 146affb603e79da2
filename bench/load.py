"""Pages a second per core of a running site: requests answered by CPU seconds spent, web server and database together.

    python3 bench/load.py --pid PID --as noa:kesher-demo http://127.0.0.1:8000 /healthz / /t/…/

PID is the launcher's (`./kesher up`); what its child processes spend is counted, so other work on the machine does not
disturb the figure. Each address is asked over a few kept connections, as a browser would keep them.

Another product is measured the same way: `--pid` once for each of its processes, `--cookie` for a session of it.
"""

from __future__ import annotations

import argparse
import asyncio
import http.cookiejar
import os
import re
import statistics
import time
import urllib.parse
import urllib.request
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def spent(pids: list[int]) -> float:
    """CPU seconds of the processes and of everything below them, ended children included."""
    parents, seconds = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        parents[int(stat.parent.name)] = int(fields[1])
        seconds[int(stat.parent.name)] = sum(map(int, fields[11:15])) / TICKS
    family, found = set(pids), True
    while found:
        found = {child for child, parent in parents.items() if parent in family} - family
        family |= found
    return sum(seconds.get(one, 0.0) for one in family)


def sign_in(base: str, account: str) -> str:
    """The Cookie header of a session."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(f"{base}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    name, _, password = account.partition(":")
    form = {"csrfmiddlewaretoken": token, "login": name, "password": password}
    request = urllib.request.Request(
        f"{base}/accounts/login/", urllib.parse.urlencode(form).encode(), {"Referer": base}
    )
    browser.open(request)
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


async def ask(base: str, path: str, cookie: str, until: float, times: list[float]) -> None:
    """Ask for one address over one connection until the moment has come."""
    place = urllib.parse.urlsplit(base)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    head = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {cookie}\r\n\r\n".encode()
    while (start := time.perf_counter()) < until:
        writer.write(head)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in answer.split(b"\r\n")[0]:
            raise SystemExit(f"{path}: {answer.splitlines()[0].decode()}")
        await reader.readexactly(int(re.search(rb"content-length: (\d+)", answer)[1]))
        times.append((time.perf_counter() - start) * 1000)
    writer.close()


async def load(base: str, path: str, cookie: str, connections: int, seconds: float) -> list[float]:
    """Milliseconds of every answer."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(ask(base, path, cookie, until, times) for _ in range(connections)))
    return times


def main() -> None:
    """Print one line an address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pid", type=int, required=True, action="append")
    parser.add_argument("--as", dest="account", default="")
    parser.add_argument("--cookie", default="")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("base")
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    cookie = sign_in(options.base, options.account) if options.account else options.cookie
    print("| page | answers | p50 ms | p95 ms | a second per core |\n|---|---|---|---|---|")
    for path in options.paths:
        asyncio.run(load(options.base, path, cookie, 1, 1))  # warm
        before = spent(options.pid)
        times = sorted(asyncio.run(load(options.base, path, cookie, options.connections, options.seconds)))
        cores = spent(options.pid) - before
        print(
            f"| {path} | {len(times)} | {statistics.median(times):.1f} | {times[int(len(times) * 0.95)]:.1f} "
            f"| {len(times) / cores:.1f} |"
        )


if __name__ == "__main__":
    main()
