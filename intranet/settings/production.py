"""Settings of the real thing. What is unsafe stops the start, with one sentence that says what to set."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403  settings modules are layered by star import
from .base import KESHER_RATE_LIMITS


def _required(name: str, meaning: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {meaning}.")
    return value


DEBUG = False
REFUSE_UNSAFE = True

SECRET_KEY = _required("SECRET_KEY", "a long random text that signs sessions, kept apart from the code")
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
ALLOWED_HOSTS = _required("ALLOWED_HOSTS", "the names this site is reached by, separated by commas").split(
    ","
)
SITE_URL = f"https://{ALLOWED_HOSTS[0]}"
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

if not KESHER_RATE_LIMITS:
    raise ImproperlyConfigured("KESHER_RATE_LIMITS=off is for load tests: unset it for production.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "intranet.runtime.joined.CompressedJoinedStorage"},
}

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("SMTP_HOST", "localhost"),
            "port": int(os.environ.get("SMTP_PORT", "25")),
            "username": os.environ.get("SMTP_USER", ""),
            "password": os.environ.get("SMTP_PASSWORD", ""),
            "use_tls": os.environ.get("SMTP_TLS") == "1",
        },
    }
}
