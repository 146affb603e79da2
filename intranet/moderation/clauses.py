"""Clauses as moderation cites them. Policies stand above this package, so their model is asked by the lock's key."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from intranet.moderation.models import Lock
from intranet.people.models import User


def citable(reader: User) -> QuerySet:
    """The clauses of the current versions of policies that concern `reader`, policy by policy."""
    clauses = Lock._meta.get_field("clause").related_model.objects
    return clauses.current_for(reader).with_policy().in_order()


def clause_named(reader: User, name: str) -> Model | None:
    """The current clause `policy-slug#anchor`, or None."""
    policy, _hash, anchor = name.partition("#")
    return citable(reader).filter(version__policy__slug=policy, anchor=anchor).first()


class ClauseField(forms.ChoiceField):
    """Picks one current clause; its value is the clause's name. Give it its reader before it is shown or cleaned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Clause"),
            error_messages={"invalid_choice": _("There is no such clause today.")},
            **options,
        )
        self.reader: User | None = None

    def offer(self, reader: User) -> None:
        """Offer the clauses that `reader` can cite, grouped by policy."""
        self.reader = reader
        self.found = {clause.name: clause for clause in citable(reader)}
        grouped = groupby(self.found.values(), key=lambda clause: clause.version)
        self.choices = [("", _("Choose a clause"))] + [
            (
                _("%(policy)s, version %(number)s")
                % {"policy": version.policy.label, "number": version.number},
                [(clause.name, f"{clause.number} · {clause.title or clause.anchor}") for clause in clauses],
            )
            for version, clauses in grouped
        ]

    def clean(self, value: str) -> Model | None:
        name = super().clean(value)
        return self.found.get(name)
