"""Where the bytes of attachments lie: a folder without an address, one file each, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from intranet.content.files import Attachment


def put(path: Path, content: bytes) -> None:
    """Write `content` to `path`, readable by this account alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def remove(attachment: Attachment) -> None:
    """Remove the files of `attachment`; safe to repeat."""
    for path in (attachment.path, attachment.small_path):
        path.unlink(missing_ok=True)


def stored() -> Iterator[Path]:
    """Every file in the folder."""
    root = Path(settings.ATTACHMENTS_ROOT)
    return (path for path in root.glob("*/*") if path.is_file())


def digest(content: bytes) -> str:
    """What tells two contents apart."""
    return hashlib.sha256(content).hexdigest()
