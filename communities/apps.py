"""Django's handle on this app."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
