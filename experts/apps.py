"""Django's handle on this app."""

from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "experts"
