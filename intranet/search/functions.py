"""PostgreSQL's search functions over the vector of an entry and a query that `vectors` wrote.

Django's own go through `to_tsquery`, whose parser knows no Hebrew and tears part codes apart; these cast the text instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Case, FloatField, Func, Q, Value, When


class Holds(Func):
    """Whether the vector satisfies the query."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, tsquery: str) -> None:
        super().__init__("vector", Value(tsquery))


class Closeness(Func):
    """How often, in which part and how close together the words of the query stand.

    Weights are of the parts D (the thread around), C (text), B (topics) and A (title); 1 divides by the logarithm of
    the length. The cover density alone would give nothing to words that stand far apart.
    """

    weights = "'{0.1, 0.3, 0.6, 1.0}'"
    template = f"(ts_rank_cd({weights}, %(expressions)s::tsquery, 1) + ts_rank({weights}, %(expressions)s::tsquery, 1))"
    output_field = FloatField()

    def __init__(self, tsquery: str) -> None:
        super().__init__("vector", Value(tsquery))

    def as_sql(self, *args: Any, **options: Any) -> tuple[str, Sequence[Any]]:
        """The arguments stand in the template twice, so do their parameters."""
        sql, params = super().as_sql(*args, **options)
        return sql, (*params, *params)


def worth(condition: Q | Holds, yes: float, no: float) -> Case:
    """One number where the condition holds, another where it does not."""
    return Case(When(condition, then=Value(yes)), default=Value(no), output_field=FloatField())
