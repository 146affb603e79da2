"""Queries that every page asks, put into SQL once.

Building a queryset and turning it into SQL costs several times what PostgreSQL needs to answer it. A `Prepared` query is
built and compiled on first use; afterwards only the values change.

    >>> from intranet.runtime.prepared import Prepared
    >>> by_name = Prepared(lambda name: User.objects.filter(username=name))   # doctest: +SKIP
    >>> by_name.first(name="noa")                                            # doctest: +SKIP
    <User: Noa>

What the builder gets in `values` must end in the SQL as parameters, so they are ids, numbers, moments, days, texts and
lists of ids. Whatever changes the *form* of the query goes into `form`, which the builder gets first: a flag, a page number.

A list of any length is one parameter where it is asked for with `any` instead of `in`:

    >>> of_these = Prepared(lambda ids: User.objects.filter(pk__any=ids))     # doctest: +SKIP
    >>> of_these.all(ids=[1, 2, 3])                                          # doctest: +SKIP

PostgreSQL plans it once as well: planning a query of many joins can take it ten times as long as answering. So the values
are bound by the server and everything else stands in the SQL, where the planner can hold it against partial indexes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Field, ForeignKey, Lookup, QuerySet
from psycopg import ClientCursor
from psycopg.types.numeric import Int8

FORMS: Final = 256
"""Forms of one query that are kept; pages far down a list are seldom asked for twice."""

_NUMBER: Final = 2_113_000_000
_MOMENT: Final = datetime(8_713, 1, 1, tzinfo=UTC)


@Field.register_lookup
@ForeignKey.register_lookup
class AnyOf(Lookup):
    """`column = ANY(list)`: the same rows as `in`, in SQL that does not change with the length of the list."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, list(self.rhs))


class Prepared[Row]:
    """A query that is compiled once for each form. `build(*form, **values)` gives the queryset."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build
        self._compiled = lru_cache(FORMS)(self._compile)

    def all(self, *form: Hashable, **values: Any) -> list[Row]:
        """All rows, with what the queryset prefetches."""
        return list(self._template(form, values).filled(values))

    def first(self, *form: Hashable, **values: Any) -> Row | None:
        """The first row or None; a builder for it slices its queryset to one row."""
        return next(iter(self.all(*form, **values)), None)

    def count(self, *form: Hashable, **values: Any) -> int:
        """How many rows there are; they stay in the database."""
        return self._template(form, values).count(values)

    def _template(self, form: tuple[Hashable, ...], values: dict[str, Any]) -> _Template:
        return self._compiled(form, tuple((name, type(value)) for name, value in values.items()))

    def _compile(self, form: tuple[Hashable, ...], kinds: tuple[tuple[str, type], ...]) -> _Template:
        marks = {name: _mark(kind, place) for place, (name, kind) in enumerate(kinds)}
        return _template(self._build(*form, **marks), marks)


def _mark(kind: type, place: int) -> Any:
    """A value that no row has, to find the parameter again."""
    if kind is int:
        return _NUMBER + place
    if issubclass(kind, str):
        return f"\x02mark {place}\x03"
    if kind is datetime:
        return _MOMENT + timedelta(days=place)
    if kind is date:
        return _MOMENT.date() + timedelta(days=place)
    if kind is list:
        return [_NUMBER + place]
    raise TypeError(f"A prepared query takes numbers, texts, moments, days and lists, not {kind.__name__}.")


def _template(queryset: QuerySet[Any, Any], marks: dict[str, Any]) -> _Template:
    """The compiled form. Raises ValueError when a value left no parameter, when "now" would be frozen, or when there can be no rows."""
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet as empty:
        raise ValueError("A prepared query must be able to find something.") from empty
    missing = [name for name, mark in marks.items() if mark not in parameters]
    if missing:
        raise ValueError(f"{', '.join(missing)} left no parameter in: {sql}")
    names = {_hashable(mark): name for name, mark in marks.items()}
    if any(isinstance(one, date) and one not in names for one in parameters):
        raise ValueError(f"a moment would stay as it is now in: {sql}")
    return _Template(
        queryset, compiler, *_bound(sql, [(names.get(_hashable(one)), one) for one in parameters])
    )


def _hashable(parameter: Any) -> Hashable:
    if isinstance(parameter, list):
        return (list, *parameter)
    return parameter if isinstance(parameter, (int, str, date)) else None


def _bound(sql: str, parameters: list[tuple[str | None, Any]]) -> tuple[str, list[str]]:
    """The SQL with its constants written out, and the names of the values that are left as parameters, in order."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        write = ClientCursor(cursor.connection).mogrify
        places = ["%s" if name else write("%s", [one]).replace("%", "%%") for name, one in parameters]
    return sql.replace("%%", "%%%%") % tuple(places), [name for name, _ in parameters if name]


def _typed(value: Any) -> Any:
    """One type for numbers of every size: a statement is prepared for its types."""
    if isinstance(value, list):
        return [_typed(one) for one in value]
    return Int8(value) if isinstance(value, int) else value


@contextmanager
def _binding_on_the_server(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, cursors of `connection` send values apart from the SQL, which is then prepared."""
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, ServerBindingCursor
    try:
        yield
    finally:
        raw.cursor_factory = usual


class _Template:
    """One form: the queryset it came from, its compiler after compiling, and the values its SQL asks for."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any, sql: str, names: list[str]) -> None:
        self.queryset = queryset
        self.compiler = compiler
        self.sql = sql
        self.names = names

    def _with(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(_typed(values[name]) for name in self.names)

    def filled(self, values: dict[str, Any]) -> QuerySet[Any, Any]:
        """A queryset that runs the compiled SQL with these values."""
        queryset: QuerySet[Any, Any] = object.__new__(type(self.queryset))
        ready = {"_query": _Ready(self, self._with(values))}
        queryset.__dict__.update(self.queryset.__dict__ | ready)  # copy.copy() would run it
        return queryset

    def count(self, values: dict[str, Any]) -> int:
        """How many rows the compiled SQL gives with these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        with _binding_on_the_server(connection), connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) counted", self._with(values))
            return int(cursor.fetchone()[0])


class _Ready:
    """Stands for a query whose SQL is known. Everything but compiling is asked of the query it came from."""

    def __init__(self, template: _Template, parameters: tuple[Any, ...]) -> None:
        self._template = template
        self._parameters = parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template.queryset.query, name)

    def get_compiler(self, using: str | None = None, **_options: Any) -> Any:
        """A compiler for the connection of this thread that compiles nothing."""
        compiler = copy.copy(self._template.compiler)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_arguments, **_options: (self._template.sql, self._parameters)
        compiler.execute_sql = partial(_execute, compiler)
        return compiler


def _execute(compiler: Any, *arguments: Any, **options: Any) -> Any:
    with _binding_on_the_server(compiler.connection):
        return type(compiler).execute_sql(compiler, *arguments, **options)
