"""What a file is, told by its first bytes and never by its name; and what is not taken at all."""

from __future__ import annotations

from typing import Final

UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
LOOK_AT: Final = 4_096
"""Bytes that are looked at."""

PICTURES: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_KNOWN: Final = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/zip",
    b"7z\xbc\xaf\x27\x1c": "application/x-7z-compressed",
    b"\x1f\x8b": "application/gzip",
    b"\xd0\xcf\x11\xe0": "application/x-ole-storage",
}
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"#!",
    b"L\x00\x00\x00\x01\x14",
)
_RUN_BY_NAME: Final = frozenset(
    [
        "apk",
        "app",
        "bat",
        "cmd",
        "com",
        "cpl",
        "desktop",
        "dll",
        "dmg",
        "exe",
        "gadget",
        "hta",
        "inf",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "msp",
        "pif",
        "ps1",
        "reg",
        "scr",
        "sh",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
    ]
)


def type_of(head: bytes) -> str:
    """The type of a file that begins with `head`. Markup and SVG are plain text: a browser must not bring them to life.

    >>> type_of(b"%PDF-1.7"), type_of(b"<svg onload='x()'>"), type_of(bytes(range(256)))
    ('application/pdf', 'text/plain', 'application/octet-stream')
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for start, name in (PICTURES | _KNOWN).items():
        if head.startswith(start):
            return name
    return TEXT if _is_text(head[:LOOK_AT]) else UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether `head` is UTF-8 without NUL; a letter cut at its end does not count."""
    if b"\0" in head:
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True


def is_program(head: bytes, name: str) -> bool:
    """Whether opening the file would run it: by what it holds, or because systems go by its name.

    >>> is_program(b"MZ\\x90", "holiday.jpg"), is_program(b"echo", "tidy.bat"), is_program(b"a,b", "log.csv")
    (True, True, False)
    """
    return head.startswith(_PROGRAMS) or name.lower().rpartition(".")[2] in _RUN_BY_NAME
