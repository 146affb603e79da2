"""The WSGI application, for larger sites: pages on a threaded server, beside an ASGI one for the live channel."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

# A thread serves many requests in turn: each keeps its connection.
os.environ.setdefault("KESHER_CONNECTIONS", "kept")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.production")
application = get_wsgi_application()

from intranet.runtime.checks import refuse_unsafe  # noqa: E402  models are there only now

if settings.REFUSE_UNSAFE:
    refuse_unsafe()
