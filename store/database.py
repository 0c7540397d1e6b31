"""Opening the database: the engine with its safety settings, and the schema brought up to date. Never data."""

from __future__ import annotations

import functools
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from store.upsert import STATEMENTS

LOCK_WAIT_MS = 2_000
"""How long a statement waits for somebody else's lock: less than a person waits for an answer."""

MIGRATION_WAIT_MS = 600_000
"""How long a start waits while another instance brings the schema up to date."""

LOG_AHEAD_WAIT = 30.0
"""Seconds that a start waits for others who use a file that has no write-ahead log yet, such as another instance that
gives it one."""

_MIGRATION_LOCK = 0x6B6F6C62
"""Any number, as long as it stays the same: PostgreSQL's advisory lock of whoever migrates."""

_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {LOCK_WAIT_MS}",
    "PRAGMA synchronous = FULL",
    # On macOS alone: there fsync leaves it to the disk when to write (https://www.sqlite.org/pragma.html#pragma_fullfsync).
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    # What is deleted (an answer taken back, the key of the pseudonyms) does not stay in free pages; FAST would leave
    # long answers there. docs/privacy.md has what it costs, and what it leaves for store/cleaning.py.
    "PRAGMA secure_delete = ON",
)

_WRITES = "kolbot_writes"
_ASKS = "kolbot_asks"

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.Text))
"""Where Alembic keeps the schema's version."""

_OTHERS = 0o077
"""Of a file's mode: what anybody but its owner may."""

_log = logging.getLogger(__name__)


class WrongDatabase(Exception):
    """The database cannot be used. The message is a sentence for the operator, without password."""


def open_database(url: str) -> Engine:
    """An engine on a database whose schema is the code's. `url`: sqlite:///file, postgresql://… or
    postgresql+psycopg://…. Raises `WrongDatabase`."""
    engine = engine_on(url)
    try:
        with said_of(engine):
            _bring_up_to_date(engine)
        _warn_where_others_read(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_on(url: str) -> Engine:
    """An engine on a database as it is: nothing was asked or changed yet. Raises `WrongDatabase`."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise WrongDatabase(f"DATABASE_URL {shown(parsed)} is neither sqlite:///… nor postgresql://….")
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)


def shown(url: URL) -> str:
    """An address as it may be read on a screen: without its password."""
    return url.render_as_string(hide_password=True)


@contextmanager
def said_of(engine: Engine) -> Iterator[None]:
    """What the database cannot do is raised as `WrongDatabase`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = getattr(error, "orig", None) or error
        raise WrongDatabase(f"The database {shown(engine.url)} cannot be opened: {reason}") from error


def for_writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's write lock when they begin: never halfway, where it could be
    refused at once."""
    return engine.execution_options(**{_WRITES: True})


def for_reading(engine: Engine) -> Engine:
    """The same engine, whose transactions see one state of the database from beginning to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def for_asking(engine: Engine) -> Engine:
    """The same engine for single statements that read: each sees one state by itself, so that nothing is begun before
    it and nothing ended after it. In PostgreSQL these would be two more ways there and back."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine.execution_options(**{_ASKS: True})


# Both hide parameters: what people wrote must not get into an error's text, and from there into a log.


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise WrongDatabase("DATABASE_URL names no file: SQLite in memory would forget every workshop.")
    if url.database.startswith("file:"):
        raise WrongDatabase("DATABASE_URL has to name SQLite's file itself, as in sqlite:////srv/kolbot/kolbot.db.")
    folder = Path(url.database).absolute().parent
    if not folder.is_dir():
        raise WrongDatabase(f"The folder {folder} of the database does not exist.")
    kept = {"cached_statements": STATEMENTS}
    engine = sa.create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True, connect_args=kept)

    @event.listens_for(engine, "do_connect")
    def for_its_owner_alone(dialect: Any, record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        # SQLite would make the file as everybody's to read. Its -wal and -shm get the mode that it has. What keeps it
        # from being made (it is there, the disk is full) SQLite says better.
        with suppress(OSError):
            os.close(os.open(arguments[0], os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        # Without this Python's driver begins transactions by itself, late and without the lock.
        connection.isolation_level = None
        try:
            for setting in _SQLITE_SETTINGS:
                connection.execute(setting)
        except sqlite3.Error as error:
            # Raised as SQLAlchemy raises all others; this event is outside of its care.
            raise DatabaseError("PRAGMA", None, error) from error

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(_ASKS, False):
            return
        writes = options.get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _warn_where_others_read(engine: Engine) -> None:
    """An operator may have meant a wider mode, so it stays. Windows has no such modes."""
    if engine.dialect.name == "sqlite" and os.name == "posix":
        mode = Path(engine.url.database or "").stat().st_mode & 0o777
        if mode & _OTHERS:
            _log.warning(
                "the database's file may be used by others on this machine (its mode is %03o): chmod 600 it, and its "
                "-wal and -shm, if that is not meant",
                mode,
            )


def _postgresql(url: URL) -> Engine:
    # libpq's own limits, so that a lost server is noticed; https://www.postgresql.org/docs/current/libpq-connect.html
    limits = {"connect_timeout": 3, "tcp_user_timeout": 5_000, "options": f"-c lock_timeout={LOCK_WAIT_MS}"}
    wanted = {name: value for name, value in limits.items() if name not in url.query}
    return sa.create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True, connect_args=wanted)


def _bring_up_to_date(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        use_log_ahead(engine)
    with engine.connect() as connection:
        if _is_current(connection):
            return
    with alone(engine) as connection:
        # Another instance may have done it while this one waited.
        if not _is_current(connection):
            migrate(connection)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which no other instance migrates; it waits for those that do. Committed at the end, unless
    something was raised."""
    with for_writing(engine).connect() as connection:
        _wait_long(connection)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            yield connection
        connection.invalidate()  # with its long patience


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the schema to a version, in the transaction that is there."""
    from alembic import command  # most starts find the schema as it should be, and need nothing of this
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def version_of(connection: Connection) -> str | None:
    """The schema's version; None where no Kolbot has been. Raises `WrongDatabase` where it is newer than the code."""
    heads = list[str]()
    if sa.inspect(connection).has_table(_VERSION.name):
        heads += connection.scalars(sa.select(_VERSION.c.version_num))
    if unknown := sorted(set(heads) - set(versions())):
        raise WrongDatabase(
            f"The database {shown(connection.engine.url)} was written by a newer Kolbot (its schema is "
            f"{', '.join(unknown)}, this one knows up to {versions()[0]}): install that version, or restore a backup "
            "made before it."
        )
    return heads[0] if heads else None


@functools.cache
def versions() -> tuple[str, ...]:
    """The schema's versions, newest first."""
    return tuple(sorted((file.name[1:5] for file in (_MIGRATIONS / "versions").glob("m????_*.py")), reverse=True))


def _wait_long(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None, "just connected"
    cursor = raw.cursor()
    if connection.dialect.name == "sqlite":
        cursor.execute(f"PRAGMA busy_timeout = {MIGRATION_WAIT_MS}")
    else:
        cursor.execute(f"SET lock_timeout = {MIGRATION_WAIT_MS}")
        raw.commit()
    cursor.close()


def use_log_ahead(engine: Engine, wait: float = LOG_AHEAD_WAIT) -> None:
    """SQLite's write-ahead log: readers and the writer do not wait for each other. Kept in the file from then on.
    `wait`: seconds for others who use the file. Raises `WrongDatabase`."""
    until = time.monotonic() + wait
    # SQLite refuses this at once, whatever its busy_timeout, where another connection is about to write to a file in
    # its old mode: there both would wait for each other (https://www.sqlite.org/c3ref/busy_handler.html).
    while (mode := _log_ahead(engine)) is None and time.monotonic() < until:
        time.sleep(0.02)
    if mode is None:
        raise WrongDatabase(f"The database {shown(engine.url)} is in use by another program: end that first.")
    if mode != "wal":
        where = shown(engine.url)
        raise WrongDatabase(f"The database {where} lies where SQLite cannot keep a write-ahead log: use a local disk.")


def _log_ahead(engine: Engine) -> str | None:
    """Ask for it once: the file's mode now; None where somebody else is using it."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        (mode,) = cursor.fetchone() or ("",)
        return str(mode)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return None
    finally:
        raw.close()


def _is_current(connection: Connection) -> bool:
    """Whether the schema is the code's. Raises `WrongDatabase` where it is newer."""
    return version_of(connection) == versions()[0]
