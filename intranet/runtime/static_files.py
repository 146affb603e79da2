"""Static files collected under names that carry their content's hash, when they have changed."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command


def collect_stale() -> bool:
    """Collect if any source file is newer or other than at the last time; say whether it was done."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return False
    stamp = Path(settings.STATIC_ROOT) / "collected"
    state = _state()
    if stamp.exists() and stamp.read_text() == state:
        return False
    print("Collecting static files …", file=sys.stderr)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)
    return True


def _state() -> str:
    """A hash over names, sizes and times of all sources: reading them all would cost more than collecting."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
