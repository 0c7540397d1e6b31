"""Insert, or update what is there: what the databases spell differently, and many rows at once. It reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from store.prepared import SQLITE, tell_sqlite

Row = Mapping[str, Any]

MOST_AT_ONCE = 64
"""Rows in one statement for SQLite: with thirteen columns still fewer than 999 parameters, its oldest limit."""


STATEMENTS = 512
"""So many of them are kept: of the three or four tables that are written all the time one of each size."""


def upsert(connection: Connection, table: sa.Table, rows: Sequence[Row], keep: Sequence[str] = ()) -> None:
    """Write rows, over those with the same primary key. Columns in `keep` stay as they first were. All rows have the
    same columns; no two have the same key."""
    if rows:
        _write(connection, table, rows, tuple(keep))


def insert(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write rows that are not there yet. All have the same columns."""
    if rows:
        _write(connection, table, rows, None)


def _write(connection: Connection, table: sa.Table, rows: Sequence[Row], keep: tuple[str, ...] | None) -> None:
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        # The driver sends them together. One statement is the same for every batch: building it costs more than a run.
        connection.execute(_statement("postgresql", table, names, keep), list(rows))
        return
    first = 0
    while first < len(rows):
        # A statement for each row would let go of the interpreter's lock as often, and somebody takes it each time.
        size = min(MOST_AT_ONCE, len(rows) - first)
        text, order = _at_once(table, names, keep, size)
        values = [
            row[name] if convert is None else convert(row[name])
            for row in rows[first : first + size]
            for name, convert in order
        ]
        tell_sqlite(connection, text, values)
        first += size


Order = Sequence[tuple[str, Callable[[Any], Any] | None]]
"""The columns as the statement wants them, and how each value becomes the database's."""


@lru_cache(STATEMENTS)
def _at_once(
    table: sa.Table, names: tuple[str, ...], keep: tuple[str, ...] | None, size: int
) -> tuple[str, Order]:
    """The statement of one row, said for so many."""
    made = _statement("sqlite", table, names, keep).compile(dialect=SQLITE, column_keys=list(names))
    one = f"({', '.join('?' * len(names))})"
    before, values, after = made.string.partition(f"VALUES {one}")
    assert values and made.positiontup, "SQLite's parameters are question marks"
    converts = [table.c[name].type.dialect_impl(SQLITE).bind_processor(SQLITE) for name in made.positiontup]
    many = f"{before}VALUES {', '.join([one] * size)}{after}"
    return many, list(zip(made.positiontup, converts, strict=True))


@lru_cache
def _statement(
    dialect: str, table: sa.Table, names: tuple[str, ...], keep: tuple[str, ...] | None
) -> sqlite.Insert | postgresql.Insert:
    """With `keep` it writes over what is there, but for those columns; without, nothing may be there."""
    statement = _inserting(dialect, table)
    if keep is None:
        return statement
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


def _inserting(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_new(connection: Connection, table: sa.Table, row: Row) -> bool:
    """Insert a row unless its primary key is there already; whether it was new."""
    statement = _inserting(connection.dialect.name, table).on_conflict_do_nothing().values(row)
    # A row comes back only where one went in; psycopg does not count them.
    return connection.execute(statement.returning(*table.primary_key)).first() is not None
