"""Insert or update, the one statement that the databases spell differently: chosen here by the dialect's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

Row = Mapping[str, Any]


def _inserting(dialect: str, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def upsert(connection: Connection, table: sa.Table, rows: Sequence[Row], keep: Sequence[str] = ()) -> None:
    """Write rows, over those with the same primary key. Columns in `keep` stay as they first were. All rows have the
    same columns; no two have the same key."""
    if not rows:
        return
    connection.execute(_writing_over(connection.dialect.name, table, tuple(rows[0]), tuple(keep)), list(rows))


@lru_cache
def _writing_over(
    dialect: str, table: sa.Table, names: tuple[str, ...], keep: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    """The statement is the same for every batch, and building it costs more than running it."""
    statement = _inserting(dialect, table)
    keys = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in names if name not in keys and name not in keep}
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


def insert_new(connection: Connection, table: sa.Table, row: Row) -> bool:
    """Insert a row unless its primary key is there already; whether it was new."""
    statement = _inserting(connection.dialect.name, table).on_conflict_do_nothing().values(row)
    # A row comes back only where one went in; psycopg does not count them.
    return connection.execute(statement.returning(*table.primary_key)).first() is not None
