"""The ASGI application: pages by Django on threads, the live channel by Channels.

Pages are synchronous code. Django's own ASGI handler takes each request through several hops between the event loop and
threads, and ties no connection to a thread; here a request makes one hop to a thread that keeps its connection.
"""

import os

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("KESHER_CONNECTIONS", "kept")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
THREADS = 8
"""Requests served at the same time, and database connections kept."""
pages = WSGIMiddleware(get_wsgi_application(), workers=THREADS)  # type: ignore[arg-type]  # Django promises less

# What follows imports models, which are there only now.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path  # noqa: E402

from intranet.notify.consumers import LiveConsumer  # noqa: E402
from intranet.runtime.checks import refuse_unsafe  # noqa: E402

if settings.REFUSE_UNSAFE:
    refuse_unsafe()

SOCKETS = [path("ws/", LiveConsumer.as_asgi())]

application = ProtocolTypeRouter(
    {
        "http": pages,
        # A page of another site may open a socket with our visitor's cookie: the Origin is checked first.
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(SOCKETS))),
    }
)
