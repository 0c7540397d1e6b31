"""Opening the database: the engine with its safety settings, and the schema brought up to date. Never data."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

LOCK_WAIT_MS = 2_000
"""How long a statement waits for somebody else's lock: less than a person waits for an answer."""

MIGRATION_WAIT_MS = 600_000
"""How long a start waits while another instance brings the schema up to date."""

_MIGRATION_LOCK = 0x6B6F6C62
"""Any number, as long as it stays the same: PostgreSQL's advisory lock of whoever migrates."""

_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout = {LOCK_WAIT_MS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted (an answer taken back, the key of the pseudonyms) does not stay in free pages.
    "PRAGMA secure_delete = ON",
)

_WRITES = "kolbot_writes"


class WrongDatabase(Exception):
    """The database cannot be used. The message is a sentence for the operator, without password."""


def open_database(url: str) -> Engine:
    """An engine on a database whose schema is the code's. `url`: sqlite:///file, postgresql://… or
    postgresql+psycopg://…. Raises `WrongDatabase`."""
    parsed = make_url(url)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    shown = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise WrongDatabase(f"DATABASE_URL {shown} is neither sqlite:///… nor postgresql://….")
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    try:
        _bring_up_to_date(engine, shown)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        reason = getattr(error, "orig", None) or error
        raise WrongDatabase(f"The database {shown} cannot be opened: {reason}") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take SQLite's write lock when they begin: never halfway, where it could be
    refused at once."""
    return engine.execution_options(**{_WRITES: True})


def for_reading(engine: Engine) -> Engine:
    """The same engine, whose transactions see one state of the database from beginning to end."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


# Both hide parameters: what people wrote must not get into an error's text, and from there into a log.


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise WrongDatabase("DATABASE_URL names no file: SQLite in memory would forget every workshop.")
    folder = Path(url.database).absolute().parent
    if not folder.is_dir():
        raise WrongDatabase(f"The folder {folder} of the database does not exist.")
    engine = sa.create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True)

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
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    # libpq's own limits, so that a lost server is noticed; https://www.postgresql.org/docs/current/libpq-connect.html
    limits = {"connect_timeout": 3, "tcp_user_timeout": 5_000, "options": f"-c lock_timeout={LOCK_WAIT_MS}"}
    wanted = {name: value for name, value in limits.items() if name not in url.query}
    return sa.create_engine(url, pool_size=8, max_overflow=8, hide_parameters=True, connect_args=wanted)


def _bring_up_to_date(engine: Engine, shown: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    if engine.dialect.name == "sqlite":
        _use_log_ahead(engine, shown)
    with engine.connect() as connection:
        if _is_current(connection, scripts, shown):
            return
    with for_writing(engine).connect() as connection:
        _wait_long(connection)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            # Another instance may have done it while this one waited.
            if not _is_current(connection, scripts, shown):
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        connection.invalidate()  # with its long patience


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


def _use_log_ahead(engine: Engine, shown: str) -> None:
    """SQLite's write-ahead log: readers and the writer do not wait for each other. Kept in the file from then on."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        mode = cursor.fetchone()
        cursor.close()
    finally:
        raw.close()
    if mode is None or mode[0] != "wal":
        raise WrongDatabase(f"The database {shown} lies where SQLite cannot keep a write-ahead log: use a local disk.")


def _is_current(connection: Connection, scripts: ScriptDirectory, shown: str) -> bool:
    """Whether the schema is the code's. Raises `WrongDatabase` where it is newer."""
    heads = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in scripts.walk_revisions()}
    if unknown := set(heads) - known:
        raise WrongDatabase(
            f"The database {shown} was written by a newer Kolbot (its schema is {', '.join(sorted(unknown))}, this "
            f"one knows up to {scripts.get_current_head()}): install that version, or restore a backup made before it."
        )
    return set(heads) == set(scripts.get_heads())
