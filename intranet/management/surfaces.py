"""Collects every surface: addresses, API routes, socket messages, mails, tasks, each with its visibility rule."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.tasks import Task
from django.urls import URLPattern, URLResolver, get_resolver

from intranet.api import routes
from intranet.runtime.surfaces import kind_of, rule_of

APPS = ("intranet", "communities", "blogs", "experts", "kms")
RULES_OF_OTHERS = {
    "/accounts/": "the person's own account; signing in is open to all",
    "/admin/": "staff, by the permissions of Django's admin",
    "/api/": "its routes are listed one by one; the description of them holds no data",
    "/cms/": "people with the right to use the editors' desk, by Wagtail's permissions",
    "/cms/documents/": "as Wagtail's collections say; only what the whole organisation may see is kept there",
    "/media/": "open to all, in development only: files that the whole organisation may see",
}
"""Rules of addresses that come with a library, by how they begin. Our own views never get one from here."""

MESSAGES = {
    "notification": "the recipient's own open pages; no content",
    "moved": "open pages that watched the thread; its id only, after which they ask again",
    "post": "open pages whose person may read the thread; ids only; evicted when a right is taken away",
}
"""What travels over `/ws/`."""
MAILS = {
    "notify/mail/digest.txt": "the recipient, as they asked: notices about posts they may see when it is sent",
    "notify/mail/letter.txt": "the recipient, as they asked: a post they may see when it is sent; an address to reply",
    "mailin/refused.txt": "who replied by mail: why it was not posted, and their own text",
    "account/email/*": "the person's own address: confirming it, a forgotten password, a changed one",
    "network/mail/monthly.txt": "knowledge managers who subscribed: findings of the suppressed report and a link",
}
"""What is sent by mail, by template."""


@dataclass(frozen=True)
class Surface:
    """One way out: what kind, which one, its name in the program, and the rule it is under."""

    kind: str
    where: str
    name: str
    rule: str


def _rule(function: Callable, where: str) -> str:
    ours = getattr(function, "view_class", function).__module__.split(".")[0] in APPS
    if ours or rule_of(function):
        return rule_of(function)
    fitting = [start for start in RULES_OF_OTHERS if where.startswith(start)]
    return RULES_OF_OTHERS[max(fitting, key=len)] if fitting else ""


def _addresses(patterns: Iterable[Any], prefix: str = "/", names: tuple[str, ...] = ()) -> Iterator[Surface]:
    for pattern in patterns:
        where = prefix + str(pattern.pattern).lstrip("^").removeprefix("/")
        if isinstance(pattern, URLResolver):
            namespace = (pattern.namespace,) if pattern.namespace else ()
            yield from _addresses(pattern.url_patterns, where, names + namespace)
        elif isinstance(pattern, URLPattern):
            function = pattern.callback
            name = ":".join((*names, pattern.name or function.__name__))
            yield Surface(kind_of(function) or "page", where, name, _rule(function, where))


def _tasks() -> Iterator[Surface]:
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if module.name.rsplit(".", 1)[-1] != "tasks":
                continue
            for each in vars(importlib.import_module(module.name)).values():
                if isinstance(each, Task) and each.func.__module__ == module.name:
                    yield Surface("task", each.module_path, each.name, rule_of(each.func))


def _routes() -> Iterator[Surface]:
    for where, function in routes():
        yield Surface("API route", where, function.__name__, rule_of(function))


def all_surfaces() -> list[Surface]:
    """Every surface, ordered by kind and place; the rule is empty where none was declared."""
    found = [*_addresses(get_resolver().url_patterns), *_routes(), *_tasks()]
    found += [Surface("socket message", "/ws/", name, rule) for name, rule in MESSAGES.items()]
    found += [Surface("mail", name, name, rule) for name, rule in MAILS.items()]
    return sorted(found, key=lambda each: (each.kind, each.where, each.name))


def as_dictionaries(surfaces: Iterable[Surface]) -> list[dict[str, str]]:
    """For JSON."""
    return [asdict(each) for each in surfaces]
