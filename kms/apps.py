"""Django's handle on this app."""

from django.apps import AppConfig


class KmsConfig(AppConfig):
    name = "kms"
