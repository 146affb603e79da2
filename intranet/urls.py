"""All addresses: the only place, with `asgi`, that knows every app."""

from django.urls import path

urlpatterns: list = []
