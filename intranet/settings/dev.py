"""Settings of a developer's machine and of the demo."""

from .base import *  # noqa: F403  settings modules are layered by star import

DEBUG = True
SECRET_KEY = "dev-only-not-a-secret"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
