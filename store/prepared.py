"""Statements that every batch runs, told to SQLite in words made once: building them anew costs more than they do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import Executable

SQLITE = sqlite.dialect()
"""How statements are said to it, the same for every file."""
KEPT = 512
"""Texts that are kept: one for each statement and number of values in its lists."""


def run(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> Iterable[Any]:
    """The rows that `connection.execute` gives. A list is what an expanding parameter is. Only for statements whose
    columns are texts and whole numbers: nothing is converted on the way in or out."""
    if connection.dialect.name == "postgresql":
        return connection.execute(statement, values)
    sizes = tuple((name, len(value)) for name, value in values.items() if isinstance(value, list))
    text, order = _told(statement, sizes)
    given: list[Any] = []
    for name in order:
        value = values[name]
        given.extend(value) if isinstance(value, list) else given.append(value)
    return tell_sqlite(connection, text, given)


def tell_sqlite(connection: Connection, text: str, values: Sequence[Any]) -> Sequence[Any]:
    """The rows that a statement in SQLite's own words gives, in the transaction that is there or begins with it. Told
    to the driver itself: on SQLAlchemy's way there a statement costs six times as much as it does."""
    if not connection.in_transaction():
        connection.begin()
    driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    try:
        return driver.execute(text, values).fetchall()
    except sqlite3.Error as error:
        # Raised as SQLAlchemy raises all others, by its kind; its text has no values.
        raise DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True) from error


def run_all(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for each of the rows, if any."""
    if rows and connection.dialect.name == "postgresql":
        connection.execute(statement, rows)  # the driver sends them together
        return
    for values in rows:
        run(connection, statement, values)


@lru_cache(KEPT)
def _told(statement: Any, sizes: tuple[tuple[str, int], ...]) -> tuple[str, Sequence[str]]:
    made: sa.Compiled = statement.compile(dialect=SQLITE)
    text = made.string
    for name, size in sizes:
        before, place, after = text.partition(f"(__[POSTCOMPILE_{name}])")
        assert place, "a list is the values of an expanding parameter"
        text = f"{before}({', '.join('?' * size)}){after}"
    order = getattr(made, "positiontup", None)
    assert order, "SQLite's parameters are question marks"
    return text, tuple(order)
