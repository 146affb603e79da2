"""PostgreSQL's search functions over the vector of an entry and a query that `vectors` wrote.

Django's own go through `to_tsquery`, whose parser knows no Hebrew and tears part codes apart; these cast the text instead.
"""

from __future__ import annotations

from django.db.models import BooleanField, FloatField, Func, Value


class Holds(Func):
    """Whether the vector satisfies the query."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def __init__(self, tsquery: str) -> None:
        super().__init__("vector", Value(tsquery))


class Closeness(Func):
    """How close together, how often and in which part the words of the query stand.

    Weights are of the parts D, C (text), B (topics) and A (title); 1 divides by the logarithm of the length.
    """

    template = "ts_rank_cd('{0.1, 0.3, 0.6, 1.0}', %(expressions)s::tsquery, 1)"
    output_field = FloatField()

    def __init__(self, tsquery: str) -> None:
        super().__init__("vector", Value(tsquery))
