"""The shared ground of Kesher as one Django app."""

from django.apps import AppConfig


class IntranetConfig(AppConfig):
    name = "intranet"
    verbose_name = "Kesher"
