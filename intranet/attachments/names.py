"""File names as they are kept: one tidy line that names a file, never a place, and cannot turn its own ending around."""

from __future__ import annotations

import re
from typing import Final

from intranet.text.lines import IGNORABLE, clean_line

LONGEST: Final = 120
_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


def clean_name(name: str) -> str:
    """`name` without folders, direction marks and what no system allows; its ending survives when it is cut.

    >>> clean_name("C:\\\\tmp\\\\photo\\u202egnp.exe"), clean_name(" ../../etc/passwd "), clean_name("...")
    ('photognp.exe', 'passwd', 'file')
    """
    last = re.split(r"[/\\]", name.strip())[-1]
    tidy = _FORBIDDEN.sub(" ", clean_line(IGNORABLE.sub("", last))).strip(" .")
    if len(tidy) > LONGEST:
        stem, dot, ending = tidy.rpartition(".")
        tidy = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) < 12 else tidy[:LONGEST]
    return tidy or "file"
