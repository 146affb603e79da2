"""`./kesher test`: every check and test; with arguments, pytest with them."""

from __future__ import annotations

import os
import sys

from intranet.runtime import catalogues
from tests import chromium

EVERYTHING = ["-n", "2", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    """Hand over to pytest; give back 1 when a browser is needed and cannot be had."""
    catalogues.compile_stale()
    if not arguments:
        try:
            os.environ[chromium.VARIABLE] = chromium.found_or_installed()
        except chromium.NoChromium as error:
            print(f"kesher: {error}", file=sys.stderr)
            return 1
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *(arguments or EVERYTHING)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
