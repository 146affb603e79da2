"""Takes the pictures of the README from a running demo.

    .venv/bin/python -m bench.pictures http://localhost:8000

Needs the packages of `./kesher test`. Signs in as the people that `./kesher up` prints.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PASSWORD = "kesher-demo"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SIZE = {"width": 1440, "height": 900}

PICTURES = [
    ("home-en", "noa", "/", None, None),
    ("thread-en", "noa", "/search/?q=holding+torque+drift&type=question", ".item__title a", None),
    ("finder-en", "noa", "/experts/?q=torque", None, None),
    ("network-he", "michal", "/km/network/", None, "#matrix"),
    ("lock-he", "gilad", "/search/?q=M-311&type=question", ".item__title a", ".lock"),
]
"""File, who looks, where, what is pressed there first, and what is brought to the middle of the picture."""


def main(address: str) -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, person, path, press, middle in PICTURES:
            page = _page_of(browser, address, person)
            page.goto(address + path)
            if press:
                page.locator(press).first.click()
                page.wait_for_load_state()
            if middle:
                page.locator(middle).first.evaluate(
                    "each => each.scrollIntoView({ block: 'center', behavior: 'instant' })"
                )
            page.wait_for_timeout(300)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


def _page_of(browser: Browser, address: str, person: str) -> Page:
    page = browser.new_page(viewport=SIZE)
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", person)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


if __name__ == "__main__":
    main(sys.argv[1])
