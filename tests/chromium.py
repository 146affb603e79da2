"""The browser of the browser tests: the one of the machine, or Debian's, installed when we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

VARIABLE = "KESHER_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


class NoChromium(Exception):
    """There is no browser and none can be installed; the text says what to do."""


def found_or_installed() -> str:
    """The path of a Chromium that starts. Raises `NoChromium`."""
    if path := _find():
        return path
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoChromium(
            "The browser tests need Chromium, which was not found: install it (Debian: apt-get install chromium), "
            f"or set {VARIABLE} to its path."
        )
    print("Installing chromium …", file=sys.stderr)
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *command], env=quietly, stdout=subprocess.DEVNULL, check=False)
    if path := _find():
        return path
    raise NoChromium(
        f"Chromium could not be installed with apt-get: install it, or set {VARIABLE} to its path."
    )


def _find() -> str | None:
    """The first candidate that answers: some systems have a stub that only says how to install the real one."""
    for name in filter(None, (os.environ.get(VARIABLE), *NAMES)):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None
