"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig

READY = ["kms.network.frame"]
"""Modules that register with what lies below, loaded once the models are there."""


class KmsConfig(AppConfig):
    name = "kms"

    def ready(self) -> None:
        for module in READY:
            import_module(module)
