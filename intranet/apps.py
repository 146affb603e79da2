"""The shared ground of Kesher as one Django app."""

from importlib import import_module

from django.apps import AppConfig

READY = [
    "intranet.audit.reader",
    "intranet.audit.signing_in",
    "intranet.audit.looks",
    "intranet.audit.checks",
    "intranet.posting.verbs",
    "intranet.routing.verbs",
    "intranet.moderation.verbs",
    "intranet.policies.verbs",
    "intranet.policies.checks",
    "intranet.policies.citing.moderating",
    "intranet.policies.citing.marking",
    "intranet.policies.frame",
    "intranet.rules.verbs",
    "intranet.rules.citing",
    "intranet.rules.hinting",
    "intranet.rules.documents",
    "intranet.posting.editing",
    "intranet.moderation.frame",
    "intranet.notify.verbs",
    "intranet.notify.reader",
    "intranet.notify.frame",
    "intranet.keeping.frame",
    "intranet.search.reader",
    "intranet.home.places",
]
"""Modules that declare verbs or register readers of the log, loaded once the models are there."""


class IntranetConfig(AppConfig):
    name = "intranet"
    verbose_name = "Kesher"

    def ready(self) -> None:
        for module in READY:
            import_module(module)
