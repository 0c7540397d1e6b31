"""What SQLAlchemy has made of a statement is kept for the whole test run: each test opens a database of its own, and
every engine would compile the same statements again. It changes nothing in what is asked."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

MOST = 2_000
"""Statements that are kept; Kolbot has a tenth of that."""


class Compiled(dict[Any, Any]):
    """Engines on the same kind of database share what was compiled: SQLAlchemy's key begins with the engine's own
    dialect, of which Kolbot makes one like the other."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_shared(key), default)

    def __setitem__(self, key: Any, made: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_shared(key), made)


def _shared(key: Any) -> Any:
    dialect, *rest = key
    return (type(dialect), *rest)


def share() -> None:
    """From now on, for every engine of this process."""
    kept = Compiled()

    @sa.event.listens_for(Engine, "engine_connect")
    def use(connection: Connection) -> None:
        connection.execution_options(compiled_cache=kept)
