"""Statements that are compiled once a process: Django builds the SQL, and builds it anew for each use only elsewhere.

For the few statements behind every answer, where building SQL costs more than running it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.sql.compiler import SQLCompiler

_FIRST_NUMBER = -9_000_000_001
_FIRST_DAY = date(1, 1, 1)


class Prepared:
    """A query in values, compiled at its first use; `make` gets a stand-in for each parameter by name.

    Parameters are whole numbers, or dates where their name ends in `_day`.
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
        with connection.cursor() as cursor:
            cursor.execute(sql, [adapted[part.name] if isinstance(part, _Slot) else part for part in order])
            rows = cursor.fetchall()
        return list(compiler.apply_converters(rows, converters)) if converters and rows else rows

    def _compile(self) -> tuple[str, tuple[Any, ...], SQLCompiler, Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        stand_ins = {name: _stand_in(name, at) for at, name in enumerate(self._names)}
        compiler = self._make(**stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        slots = {_adapt(value, connection): _Slot(name) for name, value in stand_ins.items()}
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return sql, tuple(slots.get(value, value) for value in parameters), compiler, converters


class _Slot:
    """The place of a parameter."""

    def __init__(self, name: str) -> None:
        self.name = name


def _stand_in(name: str, at: int) -> Any:  # noqa: ANN401
    return _FIRST_DAY + timedelta(days=at) if name.endswith("_day") else _FIRST_NUMBER - at


def _adapt(value: Any, connection: Any) -> Any:  # noqa: ANN401
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def insert(row: models.Model) -> None:
    """Insert a row that has all its values, its key included."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _insert_statement(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def update(model: type[models.Model], key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Update the row with this key; both by column attribute (`user_id`)."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, fields = _update_statement(model, connection.vendor, tuple(key), tuple(values))
    given = (*values.values(), *key.values())
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [field.get_db_prep_save(value, connection) for field, value in zip(fields, given, strict=True)]
        )


@lru_cache(maxsize=64)
def _insert_statement(model: type[models.Model], vendor: str) -> tuple[str, list[Any]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = list(model._meta.local_concrete_fields)
    columns, places = ", ".join(quote(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields


@lru_cache(maxsize=64)
def _update_statement(
    model: type[models.Model], vendor: str, key: Iterable[str], values: Iterable[str]
) -> tuple[str, list[Any]]:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    named = {field.attname: field for field in model._meta.local_concrete_fields}
    changes = ", ".join(f"{quote(named[name].column)} = %s" for name in values)
    where = " AND ".join(f"{quote(named[name].column)} = %s" for name in key)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {where}"
    return sql, [named[name] for name in (*values, *key)]
