"""Settings of a first look and of a developer's machine: reached from this machine only, with a key of its own."""

import os

from intranet.runtime import logs
from intranet.runtime.secret_key import kept_key

from .base import *  # noqa: F403  settings modules are layered by star import
from .base import DATA

# With KESHER_DEBUG=1 errors show their source and static files need no collecting.
DEBUG = os.environ.get("KESHER_DEBUG") == "1"
SECRET_KEY = kept_key(DATA / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *os.environ.get("ALLOWED_HOSTS", "").split(",")]
DEMO_ALLOWED = True

# A person looks at this terminal: it shows what went wrong, not each page that was asked for.
LOGGING = logs.configuration(level="INFO" if DEBUG else "WARNING")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "intranet.runtime.joined.JoinedStorage"
    },
}

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
