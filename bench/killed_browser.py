"""How much typing is lost when the browser is killed.

Types into the form for a question in Chromium, kills all its processes at a random moment (SIGKILL, no warning), starts
it again on the same profile and looks at what came back. In every second round drafts never reach the server, so that
the copy on the device stands alone.

    .venv/bin/python bench/killed_browser.py --base http://127.0.0.1:8000 --user noa --password … --times 50
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ALLOWED = 1.0
"""Seconds of typing that may be lost."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
)  # fmt: skip
WORDS = "after forty minutes the zero moves בזמן חימום ההיסט נסחף and the AX-40 drifts "


@dataclass(frozen=True)
class Loss:
    """One round: what was typed, what came back, and how many seconds of typing are missing."""

    typed: int
    back: int
    seconds: float
    local_only: bool
    shown_beside: bool


@contextmanager
def chromium(playwright: Playwright, profile: Path) -> Iterator[tuple[BrowserContext, subprocess.Popen]]:
    """A Chromium of our own on `profile`, in a process group of its own, which is killed at the end if it still runs."""
    program = os.environ.get("KESHER_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "DevToolsActivePort").unlink(missing_ok=True)
    (profile / "SingletonLock").unlink(missing_ok=True)
    process = subprocess.Popen(
        [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_port(profile)}")
        yield browser.contexts[0], process
    finally:
        kill(process)


def _port(profile: Path) -> int:
    deadline = time.monotonic() + 30
    file = profile / "DevToolsActivePort"
    while not (file.exists() and "\n" in file.read_text()):
        if time.monotonic() > deadline:
            raise TimeoutError("Chromium does not say where it listens.")
        time.sleep(0.05)
    return int(file.read_text().splitlines()[0])


def kill(process: subprocess.Popen) -> None:
    """End the browser and all its processes at once, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def one_round(
    playwright: Playwright,
    profile: Path,
    address: str,
    cookies: Sequence[Any],
    chance: random.Random,
    *,
    local_only: bool,
) -> Loss:
    """Type at `address`, be killed, come back. Raises AssertionError when nothing came back at all."""
    text = (WORDS * 4)[: chance.randint(25, 160)]
    with chromium(playwright, profile) as (context, process):
        page = _open(context, address, cookies, local_only)
        moments = _type(page, text)
        time.sleep(chance.uniform(0, 0.6))
        killed = time.monotonic()
        kill(process)
    with chromium(playwright, profile) as (context, _process):
        back, beside = _what_came_back(_open(context, address, cookies, local_only), text)
    lost = killed - moments[len(back)] if len(back) < len(text) else 0.0
    return Loss(len(text), len(back), lost, local_only, beside)


def _open(context: BrowserContext, address: str, cookies: Sequence[Any], local_only: bool) -> Page:
    context.add_cookies(list(cookies))
    page = context.new_page()
    if local_only:
        page.route("**/drafts/**", lambda route: route.abort())
    page.goto(address, wait_until="load")
    return page


def _type(page: Page, text: str) -> list[float]:
    """The moment of each key."""
    area = page.locator("textarea[name=source]")
    area.click()
    area.fill("")
    moments = []
    for letter in text:
        page.keyboard.insert_text(letter)
        moments.append(time.monotonic())
        page.wait_for_timeout(25)
    return moments


def _what_came_back(page: Page, typed: str) -> tuple[str, bool]:
    """The typed text as it is found again, and whether it is shown beside another one instead of in the form.

    The page comes with the server's draft and then fetches the newer copy of the device, so a part of the text is no
    answer yet: it is one only when nothing more has come in five seconds."""
    deadline = time.monotonic() + 5
    while True:
        found = page.locator("textarea[name=source]").input_value()
        other = page.locator("[data-conflict-shown] [data-other]")
        beside = other.input_value() if other.count() else ""
        best = max((found, beside), key=lambda text: len(text) if typed.startswith(text) else -1)
        if best == typed or time.monotonic() > deadline:
            return (best, best == beside != found) if typed.startswith(best) else ("", False)
        page.wait_for_timeout(100)


def _sign_in(playwright: Playwright, base: str, user: str, password: str) -> list[Any]:
    with tempfile.TemporaryDirectory() as folder, chromium(playwright, Path(folder)) as (context, _process):
        page = context.new_page()
        page.goto(f"{base}/accounts/login/")
        page.fill("[name=login]", user)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        return context.cookies()


def main() -> int:
    """Run the rounds and print what was lost in each; 1 when any lost more than a second."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--path", default="/c/actuators/ask/")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    losses = []
    with sync_playwright() as playwright:
        cookies = _sign_in(playwright, asked.base, asked.user, asked.password)
        for number in range(asked.times):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                try:
                    loss = one_round(
                        playwright,
                        Path(folder),
                        asked.base + asked.path,
                        cookies,
                        chance,
                        local_only=number % 2 == 1,
                    )
                except PlaywrightError as problem:
                    print(f"{number + 1:3} not counted: {str(problem).splitlines()[0]}")
                    continue
            losses.append(loss)
            print(
                f"{number + 1:3} typed {loss.typed:3} back {loss.back:3} lost {loss.seconds:.2f} s"
                f"{' (device alone)' if loss.local_only else ''}{' (shown beside)' if loss.shown_beside else ''}",
                flush=True,
            )
    worst = max(loss.seconds for loss in losses)
    print(f"{len(losses)} kills, worst loss {worst:.2f} s, allowed {ALLOWED:.2f} s")
    return int(worst > ALLOWED or len(losses) < asked.times)


if __name__ == "__main__":
    raise SystemExit(main())
