"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig


class BlogsConfig(AppConfig):
    name = "blogs"

    def ready(self) -> None:
        for name in ("checks", "mailing"):
            import_module(f"blogs.{name}")
