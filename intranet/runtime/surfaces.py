"""Each place where something leaves the house says under which visibility rule it does.

A view, a task or an API route declares its rule with `@surface("posts the reader may see")`, or in the list of addresses
as `surface("…")(view)`. `manage.py list_surfaces` prints them all and a test fails where one has none, so that nobody
adds a way out without having thought about who may see what comes through it.
"""

from __future__ import annotations

from collections.abc import Callable

RULE = "surface_rule"
KIND = "surface_kind"


def surface[F: Callable](rule: str, *, kind: str = "") -> Callable[[F], F]:
    """Declare under which rule a function shows things; `kind` says so where it is a feed or an export."""

    def declare(function: F) -> F:
        setattr(function, RULE, rule)
        setattr(function, KIND, kind)
        return function

    return declare


def rule_of(function: Callable) -> str:
    """The rule that `function` declared, empty when it declared none."""
    return getattr(function, RULE, "")


def kind_of(function: Callable) -> str:
    """The kind that `function` declared, empty when it is an ordinary page, task or route."""
    return getattr(function, KIND, "")
