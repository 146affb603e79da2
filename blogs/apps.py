"""Django's handle on this app."""

from django.apps import AppConfig


class BlogsConfig(AppConfig):
    name = "blogs"
