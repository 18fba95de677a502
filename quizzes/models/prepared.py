"""Statements that are compiled once a process: Django builds the SQL, and builds it anew for each use only elsewhere.

For the few statements behind every answer, where building SQL costs more than running it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql.compiler import SQLCompiler

PLAIN_FIELDS = (models.IntegerField, models.FloatField, models.CharField, models.TextField, models.BooleanField)
AS_THEY_ARE = {int, float, str, bool}
"""Types whose values a plain field hands to the driver as they are."""
OF_THEIR_FIELD = {date, datetime, UUID, dict, list}
"""Types whose values need no check, only what the database makes of them."""
_FIRST_NUMBER = 2_000_000_011
"""Stand-ins lie within the range of every field: Django leaves out comparisons that hold for all that a field takes."""
_FIRST_DAY = date(1, 1, 1)


class Prepared:
    """A query in values, compiled at its first use; `make` gets a stand-in for each parameter by name.

    Parameters are whole numbers, dates where their name ends in `_day`, texts where it ends in `_hash`.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any, Any]], *names: str) -> None:
        self._make = make
        self._names = names
        self._compiled: dict[str, tuple[str, tuple[Any, ...], SQLCompiler, Any]] = {}

    def __call__(self, **values: Any) -> list[Any]:  # noqa: ANN401
        """The rows, each a sequence of values as the query lists them."""
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile()
        sql, order, compiler, converters = self._compiled[connection.vendor]
        adapted = {name: _adapt(value, connection) for name, value in values.items()}
        rows = _run(connection, sql, [adapted[part.name] if isinstance(part, _Slot) else part for part in order])
        return list(compiler.apply_converters(rows, converters)) if converters and rows else rows

    def _compile(self) -> tuple[str, tuple[Any, ...], SQLCompiler, Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        stand_ins = {name: _stand_in(name, at) for at, name in enumerate(self._names)}
        compiler = self._make(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        slots = {_adapt(value, connection): _Slot(name) for name, value in stand_ins.items()}
        if not slots.keys() <= set(parameters):
            raise ValueError(f"a parameter of this query has no place in its SQL: {sql}")
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return sql, tuple(slots.get(value, value) for value in parameters), compiler, converters


class _Slot:
    """The place of a parameter."""

    def __init__(self, name: str) -> None:
        self.name = name


def _stand_in(name: str, at: int) -> Any:  # noqa: ANN401
    if name.endswith("_hash"):
        return f"stand-in {at}"
    return _FIRST_DAY + timedelta(days=at) if name.endswith("_day") else _FIRST_NUMBER - at


def _adapt(value: Any, connection: Any) -> Any:  # noqa: ANN401
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def insert(row: models.Model) -> None:
    """Insert a row that has all its values, its key included."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _insert_statement(type(row), connection.vendor)
    _run(connection, sql, _saved(fields, [getattr(row, field.attname) for field, _plain in fields], connection))


def update(model: type[models.Model], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Update the row with this key; both by column attribute (`user_id`)."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _update_statement(model, connection.vendor, tuple(key), tuple(values))
    _run(connection, sql, _saved(fields, [*values.values(), *key.values()], connection))


def _run(connection: Any, sql: str, parameters: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """Run a statement and fetch its rows, if it gives any.

    Inside a transaction it goes to the driver directly: Django's cursor rewrites and wraps each statement anew. Where
    somebody counts or watches the queries, they see them all.
    """
    if not connection.in_atomic_block or connection.queries_logged or connection.execute_wrappers:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall()) if cursor.description else []
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        cursor = connection.connection.execute(_for_driver(sql, connection.vendor), parameters)
        return list(cursor.fetchall()) if cursor.description else []


@lru_cache(maxsize=64)
def _for_driver(sql: str, vendor: str) -> str:
    return sql % (("?",) * sql.count("%s")) if vendor == "sqlite" else sql


def _saved(fields: Sequence[tuple[Any, bool]], values: Sequence[Any], connection: Any) -> list[Any]:  # noqa: ANN401
    """The values as the driver takes them."""
    return [
        value
        if value is None or (plain and type(value) in AS_THEY_ARE)
        else field.get_db_prep_value(value, connection, prepared=type(value) in OF_THEIR_FIELD)
        for (field, plain), value in zip(fields, values, strict=True)
    ]


def _with_plainness(fields: Iterable[Any]) -> list[tuple[Any, bool]]:
    return [(field, isinstance(getattr(field, "target_field", field), PLAIN_FIELDS)) for field in fields]


@lru_cache(maxsize=64)
def _insert_statement(model: type[models.Model], vendor: str) -> tuple[str, list[tuple[Any, bool]]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = list(model._meta.local_concrete_fields)
    columns, places = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", _with_plainness(fields)


@lru_cache(maxsize=64)
def _update_statement(
    model: type[models.Model], vendor: str, key: Iterable[str], values: Iterable[str]
) -> tuple[str, list[tuple[Any, bool]]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    named = {field.attname: field for field in model._meta.local_concrete_fields}
    changes = ", ".join(f"{quote(named[name].column)} = %s" for name in values)
    where = " AND ".join(f"{quote(named[name].column)} = %s" for name in key)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {where}"
    return sql, _with_plainness(named[name] for name in (*values, *key))
