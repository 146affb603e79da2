"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig


class KmsConfig(AppConfig):
    name = "kms"

    def ready(self) -> None:
        for name in (
            "articles.verbs",
            "articles.linking",
            "articles.errands",
            "articles.merging",
            "introductions.verbs",
            "network.frame",
        ):
            import_module(f"kms.{name}")
