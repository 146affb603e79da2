"""Django's handle on communities."""

from importlib import import_module

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        import_module("communities.verbs")
        import_module("communities.imports.verbs")
