"""The ASGI application: pages by Django, the live channel by Channels."""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

# Requests of one person may run on different threads here: connections come from a pool.
os.environ.setdefault("KESHER_CONNECTIONS", "pool")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
pages = get_asgi_application()

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
