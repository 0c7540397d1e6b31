"""Writes all that is kept into one file, as of one instant, while the bot runs. Never changes the database."""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url

from store.database import WrongDatabase, engine_on, for_reading, said_of, shown, version_of
from store.tables import heartbeat

FORMAT = 1
"""Of the file; its lines are told in docs/backup.md."""

LEFT_OUT = ("heartbeat", "leases", "published", "tickets")
"""What only the instances of today can know: who is alive, who holds what, which boards are equal to what is stored;
and what lets people into pages: a backup shall not bring back what was taken from somebody."""

VERSION_TABLE = "alembic_version"

AT_ONCE = 500
"""Rows that are in memory together."""


class WrongBackup(Exception):
    """A backup cannot be made, or not be restored. The message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself. `at` and `last_seen` (the last sign of life of any instance) in UTC."""

    schema: str
    at: datetime
    last_seen: datetime | None
    counts: Mapping[str, int]

    def __str__(self) -> str:
        some = [f"{table} {count}" for table, count in self.counts.items() if count]
        return f"{', '.join(some) or 'nothing yet'} (schema {self.schema}, as of {self.at:%Y-%m-%d %H:%M:%S} UTC)"


def back_up(url: str, path: Path, now: datetime, *, overwrite: bool = False) -> Contents:
    """Write the database's backup to `path`, which only its owner may read and which is never there half: it is
    written beside, made durable, and renamed. `now` in UTC. Raises `WrongDatabase` and `WrongBackup`."""
    engine = engine_on(url)
    try:
        if engine.dialect.name == "sqlite" and not Path(make_url(url).database or "").is_file():
            # SQLite would make it.
            raise WrongDatabase(f"The database {shown(engine.url)} does not exist.")
        with said_of(engine), _published(path, overwrite) as file, for_reading(engine).connect() as connection:
            return write(connection, file, now)
    except OSError as error:
        raise WrongBackup(f"The backup {path} could not be written: {error.strerror or error}.") from error
    finally:
        engine.dispose()


def write(connection: Connection, file: BinaryIO, now: datetime) -> Contents:
    """Write a backup of what this transaction sees. Raises `WrongDatabase` where no Kolbot has been."""
    schema = version_of(connection)
    if schema is None:
        raise WrongDatabase(f"The database {shown(connection.engine.url)} is empty: no Kolbot has been in it yet.")
    # The tables as they are there: a backup can be made before a newer Kolbot brings them up to date.
    there = sa.MetaData()
    there.reflect(connection)
    tables = [table for table in there.sorted_tables if table.name not in (*LEFT_OUT, VERSION_TABLE)]
    contents = Contents(
        schema=schema,
        at=now,
        last_seen=connection.execute(sa.select(sa.func.max(heartbeat.c.at))).scalar(),
        counts={str(table.name): _count(connection, table) for table in tables},
    )
    checksum = hashlib.sha256()
    with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
        for line in _lines(connection, tables, contents):
            checksum.update(line)
            packed.write(line)
        packed.write(_line({"sha256": checksum.hexdigest()}))
    return contents


def _lines(connection: Connection, tables: list[sa.Table], contents: Contents) -> Iterator[bytes]:
    said = {
        "kolbot_backup": FORMAT,
        "schema": contents.schema,
        "at": contents.at,
        "last_seen": contents.last_seen,
        "counts": contents.counts,
    }
    yield _line(said)
    in_portions = connection.execution_options(yield_per=AT_ONCE)
    for table in tables:
        yield _line({"table": table.name, "columns": table.columns.keys()})
        for row in in_portions.execute(sa.select(table).order_by(*table.primary_key)):
            yield _line(tuple(row))


def _line(said: object) -> bytes:
    return orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)


def _count(connection: Connection, table: sa.Table) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


@contextmanager
def _published(path: Path, overwrite: bool) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name once it is whole and on the disk. Raises `WrongBackup`."""
    _refuse(path, overwrite)
    name = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:  # whoever is asked to end from here on leaves nothing behind
        handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)  # its owner's
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _refuse(path, overwrite)  # another backup may have been faster
        name.replace(path)
        _keep_name(path.parent)
    except BaseException:
        with suppress(FileNotFoundError):
            name.unlink()
        raise


def _refuse(path: Path, overwrite: bool) -> None:
    if path.is_dir():
        raise WrongBackup(f"{path} is a folder; name a file.")
    if path.exists() and not overwrite:
        raise WrongBackup(f"{path} is there already; choose another name, or add --force to write over it.")


def _keep_name(folder: Path) -> None:
    """A name is on the disk only when its folder is. Windows has no such call, and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
