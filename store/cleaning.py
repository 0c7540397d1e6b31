"""Cleans away what destroyed data leaves in the database's files: old copies, order, the log. It destroys nothing."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from store.failures import in_short
from store.reader import Reader
from store.tables import answers, audit, translations, workshops
from store.upsert import insert
from store.writer import LAST, Writer

log = logging.getLogger("kolbot.store")

EVERY = timedelta(seconds=5)
"""How often it is looked for what has to be cleaned, and what could not be is tried again."""
LOOK_BACK = timedelta(hours=1)
"""Workshops that ended longer ago are looked for once an hour: those erased since, and what an earlier process left."""
EMPTY_LOG_EVERY = timedelta(minutes=1)
"""How often SQLite's write-ahead log is emptied anyway: what was taken back while a workshop runs is gone then."""
AT_ONCE = 20
"""Workshops cleaned together."""
SMALL = 32 * 1024 * 1024
"""Bytes. A smaller SQLite file is written anew in a fraction of a second (measured: 0.26 s), and at once; a larger one
when no step is open."""
WAIT_MS = 100
"""How long emptying the log waits for readers; writers wait behind it meanwhile."""

CLEANED = "Cleaned"
"""The audit trail's line that says that a workshop needs no cleaning any more."""

_EVERYTHING = "VACUUM (ANALYZE) answers, audit, deliveries, people, posts, published, translations, workshops"


class Cleaning:
    """After a workshop has ended, or was erased: its answers are laid down anew, in the order of their keys, so that
    nothing in the file says in which order they were given or together with what; then old copies are cleaned away."""

    def __init__(self, engine: Engine, writer: Writer, reader: Reader, clock: Callable[[], datetime]) -> None:
        """`clock` gives UTC."""
        self._engine = engine
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._looked: datetime | None = None
        self._emptied: datetime | None = None
        self._laid: set[str] = set()
        """Laid down anew, and not cleaned yet."""
        self._since: datetime | None = None
        """When the last of them was (PostgreSQL's clock)."""
        self._compacted: frozenset[str] = frozenset()
        self._troubled = False

    async def tick(self) -> bool:
        """Clean what is due; whether nothing is left to be done. Raises `NotWritten` and `NotRead`."""
        now = self._clock()
        due = await self._due(now)
        if not due:
            return await self._empty_log(now)
        for workshop in due:
            if workshop not in self._laid:
                await self._writer.write(partial(_lay_anew, workshop=workshop), LAST)
                self._laid.add(workshop)
                self._since = None
        if not await asyncio.to_thread(self._clean, frozenset(due)):
            return False
        await self._writer.write(partial(_say_cleaned, due=due, now=now), LAST)
        self._laid.difference_update(due)
        return len(due) < AT_ONCE

    async def run(self) -> None:
        """Tick every five seconds. What goes wrong is logged by its kind, once, and tried again."""
        while True:
            try:
                await self.tick()
                self._troubled = False
            except Exception as error:  # noqa: BLE001 - whatever it is, the bot goes on, and so does this
                self._trouble(error)
            await asyncio.sleep(EVERY.total_seconds())

    async def _due(self, now: datetime) -> Sequence[str]:
        """Workshops that ended and are not cleaned."""
        said = sa.select(audit.c.id).where(audit.c.workshop == workshops.c.id, audit.c.action == CLEANED)
        due = sa.select(workshops.c.id).where(workshops.c.ended_at.is_not(None), ~said.exists())
        whole = self._looked is None or now - self._looked >= LOOK_BACK
        if not whole:
            due = due.where(workshops.c.ended_at >= now - LOOK_BACK)
        in_order = due.order_by(workshops.c.id).limit(AT_ONCE)
        found = await self._reader.read(lambda connection: list(connection.execute(in_order).scalars()))
        if whole and len(found) < AT_ONCE:
            self._looked = now
        return found

    async def _empty_log(self, now: datetime) -> bool:
        if not self._is_sqlite or (self._emptied is not None and now - self._emptied < EMPTY_LOG_EVERY):
            return True
        if not await asyncio.to_thread(self._in_sqlite, _empty_log):
            return False
        self._emptied = now
        return True

    # From here on in a thread.

    def _clean(self, due: frozenset[str]) -> bool:
        """Whether no file has anything any more of what was there before."""
        if not self._is_sqlite:
            return self._vacuum()
        if not due <= self._compacted and self._in_sqlite(_compact):
            self._compacted = due
        # Even where the rest has to wait: the key is in the log.
        return self._in_sqlite(_empty_log) and due <= self._compacted

    def _in_sqlite(self, work: Callable[[sqlite3.Cursor], bool]) -> bool:
        """Outside of any transaction, on a connection that nobody has after it."""
        try:
            raw = self._engine.raw_connection()
            try:
                return work(raw.cursor())  # type: ignore[arg-type]  # the driver's
            finally:
                raw.invalidate()
        except (sqlite3.Error, SQLAlchemyError) as error:
            self._trouble(error)
            return False

    def _vacuum(self) -> bool:
        """Old versions of rows go only when no transaction is left that might still read them."""
        older = sa.text(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND xact_start < :since)"
        )
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if self._since is None:
                    self._since = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
                if connection.execute(older, {"since": self._since}).scalar_one():
                    return False
                # ANALYZE too: the planner's statistics quote values.
                connection.exec_driver_sql(_EVERYTHING)
                return True
        except SQLAlchemyError as error:
            self._trouble(error)
            return False

    def _trouble(self, error: Exception) -> None:
        if not self._troubled:
            log.error("what was destroyed is not cleaned away yet (%s); it is tried again", in_short(error))
        self._troubled = True


def _lay_anew(connection: Connection, workshop: str) -> None:
    """In PostgreSQL a row's place and transaction, in SQLite its place in the page tell what was given together."""
    _lock(connection, [workshop])
    for table in (answers, translations):
        mine = table.c.workshop == workshop
        found = connection.execute(sa.select(table).where(mine).order_by(*table.primary_key)).mappings()
        rows = [dict(row) for row in found]
        connection.execute(table.delete().where(mine))
        insert(connection, table, rows)


def _say_cleaned(connection: Connection, due: Sequence[str], now: datetime) -> None:
    """Once, where two instances have cleaned at once."""
    _lock(connection, due)
    already = sa.select(audit.c.workshop).where(audit.c.workshop.in_(due), audit.c.action == CLEANED)
    said = set(connection.execute(already).scalars())
    line = {"at": now, "by": "system", "action": CLEANED, "detail": "{}"}
    insert(connection, audit, [{"workshop": one, **line} for one in due if one not in said])


def _lock(connection: Connection, ids: Sequence[str]) -> None:
    rows = sa.select(workshops.c.id).where(workshops.c.id.in_(ids)).order_by(workshops.c.id)
    connection.execute(rows.with_for_update()).all()


def _compact(cursor: sqlite3.Cursor) -> bool:
    """SQLite zeroes what is deleted, but not the copies that rows leave behind when pages are split and joined."""
    (size,) = cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    (busy,) = cursor.execute("SELECT EXISTS (SELECT 1 FROM workshops WHERE status IN ('open', 'paused'))").fetchone()
    if busy and size > SMALL:
        return False
    cursor.execute("VACUUM")
    return True


def _empty_log(cursor: sqlite3.Cursor) -> bool:
    """Whether nobody was reading: then the log is a file of no bytes."""
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    (held, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not held
