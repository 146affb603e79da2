"""A real browser on the real site.

`site` serves the application from this process, with its sockets and static files. `visit` opens pages as somebody
and fails the test at its end when a page wrote an error to the console, threw, or asked another host for anything.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from intranet.asgi import application
from intranet.people.models import User
from intranet.runtime.tasks import drain
from tests.factories.cast import Cast, make_cast

# Playwright keeps an event loop in this thread; the ORM calls of the tests themselves are plain.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20
"""Seconds after which what should come is given up on: many, because machines are busy; nothing waits for them in vain."""
expect.set_options(timeout=PATIENCE * 1000)
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The browser of the machine; without one the browser tests fail, they are never left out."""
    found = os.environ.get("KESHER_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.fail("no Chromium on this machine; install the package chromium or set KESHER_CHROMIUM")
    return {"executable_path": found, "args": CHROMIUM_FLAGS}


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The address of the site, served by this process on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(ASGIStaticFilesHandler(application), log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The people and spaces of the tests."""
    return make_cast()


@dataclass
class Visit:
    """One person's browser: opens pages and remembers what went wrong in them."""

    site: str
    context: BrowserContext
    page: Page
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(f"thrown: {error}"))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url)
        if host.scheme not in ("data", "blob") and host.netloc != urlsplit(self.site).netloc:
            self.problems.append(f"other host: {request.url}")

    def open(self, path: str) -> Page:
        """Go to `path` and give the page once its scripts have run."""
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    def sign_in(self, person: User) -> None:
        """Sign in by session, without the form."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.site}
        self.context.add_cookies([cookie])

    def axe(self) -> list[str]:
        """Serious and critical findings of axe on the open page, one line each."""
        self.page.wait_for_load_state()
        report = Axe().run(self.page, options={"resultTypes": ["violations"], "preload": False}).response
        return [
            f"{found['id']}: {node['html'][:160]}"
            for found in report["violations"]
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"]
        ]

    def until(self, condition: str) -> None:
        """Wait for a JavaScript expression to be true; the policy of the pages forbids Playwright's own way."""
        deadline = time.monotonic() + PATIENCE
        while not self.page.evaluate(condition):
            assert time.monotonic() < deadline, f"never came true: {condition}"
            self.page.wait_for_timeout(50)

    def sideways(self) -> int:
        """By how many pixels the page can be scrolled sideways; it should be none."""
        self.page.wait_for_load_state()
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """`visitor(person=None, size=WIDE, theme="light", scripts=True, locale="en-GB")` opens a browser of its own."""
    visits: list[Visit] = []

    def make(
        person: User | None = None,
        size: dict[str, int] = WIDE,
        theme: str = "light",
        scripts: bool = True,
        locale: str = "en-GB",
    ) -> Visit:
        context = browser.new_context(
            viewport=size,
            color_scheme=theme,
            java_script_enabled=scripts,
            locale=locale,
            reduced_motion="reduce",
        )
        visit = Visit(site, context, context.new_page())
        visit.watch(visit.page)
        if person:
            visit.sign_in(person)
        visits.append(visit)
        return visit

    yield make
    problems = [problem for visit in visits for problem in visit.problems]
    for visit in visits:
        visit.context.close()
    assert problems == []


@pytest.fixture
def work() -> Callable[[], None]:
    """Run the waiting background tasks, in a thread of their own as a worker would."""

    def task() -> None:
        drain()
        connections.close_all()

    def run() -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(task).result()

    return run
