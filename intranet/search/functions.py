"""PostgreSQL's search functions over the vector of an entry and a query that `vectors` wrote.

Django's own go through `to_tsquery`, whose parser knows no Hebrew and tears part codes apart; these cast the text instead.
"""

from __future__ import annotations

from django.db.models import BooleanField, Case, FloatField, Func, Q, Value, When
from django.db.models.expressions import CombinedExpression


class Holds(Func):
    """Whether the vector satisfies the query."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, tsquery: str) -> None:
        super().__init__("vector", Value(tsquery))


class Rank(Func):
    """One of PostgreSQL's two ranking functions.

    Weights are of the parts D (the thread around), C (text), B (topics) and A (title); 1 divides by the logarithm of
    the length.
    """

    template = "%(function)s('{0.1, 0.3, 0.6, 1.0}', %(expressions)s::tsquery, 1)"
    output_field = FloatField()

    def __init__(self, tsquery: str, function: str) -> None:
        super().__init__("vector", Value(tsquery), function=function)


def closeness(tsquery: str) -> CombinedExpression:
    """How often, in which part and how close together the words of the query stand.

    Cover density alone (`ts_rank_cd`) would give nothing to words that stand far apart.
    """
    return Rank(tsquery, "ts_rank_cd") + Rank(tsquery, "ts_rank")


def worth(condition: Q | Holds, yes: float, no: float) -> Case:
    """One number where the condition holds, another where it does not."""
    return Case(When(condition, then=Value(yes)), default=Value(no), output_field=FloatField())
