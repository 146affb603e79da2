"""Django's handle on this app."""

from importlib import import_module

from django.apps import AppConfig

READY = ["experts.verbs", "experts.evidence.reader", "experts.finder.candidates"]
"""Modules that declare verbs or register with what lies below, loaded once the models are there."""


class ExpertsConfig(AppConfig):
    name = "experts"

    def ready(self) -> None:
        for module in READY:
            import_module(module)
