"""Settings of the test run. `tests/database.py` sets the two variables that name the throwaway database."""

import os

from .base import *  # noqa: F403  settings modules are layered by star import
from .base import DATABASES

DEBUG = False
SECRET_KEY = "test-only-not-a-secret"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

if template := os.environ.get("KESHER_TEST_TEMPLATE"):
    # Each worker's database is a copy of one that is migrated already.
    DATABASES["default"]["TEST"] = {"TEMPLATE": template, "MIGRATE": False}

# Passwords in tests are not secrets; Argon2 would be half of the run's time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys on http://localhost
