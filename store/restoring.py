"""Brings a backup into an empty database of either kind: all of it or nothing. Never into one that has anything."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from store.backup import AT_ONCE, FORMAT, LEFT_OUT, VERSION_TABLE, Contents, WrongBackup
from store.database import WrongDatabase, alone, engine_on, migrate, said_of, shown, use_log_ahead, version_of, versions
from store.failures import in_short
from store.tables import heartbeat, metadata, posts

ALIVE = timedelta(seconds=10)
"""A Kolbot whose last sign of life is no older may still run: it gives one every second."""

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes. No row comes near it; a file that is something else may have no lines at all."""

RESTORED = "restored"
"""Stands for the instances of the time of the backup: deadlines that passed since then move, as after an outage."""

Row = tuple[str, Sequence[str], list[Any]]
"""A table's name, its columns, and the values of one row."""


def restore(path: Path, url: str, now: datetime) -> Contents:
    """Bring the backup at `path` into the database at `url` and up to date, in one transaction. `now` in UTC. Raises
    `WrongBackup` and `WrongDatabase`; then the database is as empty as before."""
    contents = check(path)
    engine = engine_on(url)
    try:
        with said_of(engine):
            if engine.dialect.name == "sqlite":
                use_log_ahead(engine)
            with alone(engine) as connection:
                _refuse_unless_empty(connection, now)
                _put(connection, path, contents)
    finally:
        engine.dispose()
    return contents


def check(path: Path) -> Contents:
    """What is in a backup, read from beginning to end. Raises `WrongBackup` for anything but a whole, unchanged
    backup of this version or an older one."""
    with _Backup(path) as backup:
        for _ in backup.rows():
            pass
        return backup.contents


class _Backup:
    """A backup's file, read once from its beginning to its end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._checksum = hashlib.sha256()
        try:
            self._file = gzip.open(path, "rb")  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise WrongBackup(f"The backup {path} cannot be read: {error.strerror}.") from error
        try:
            self.contents = self._contents()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> _Backup:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def rows(self) -> Iterator[Row]:
        """Every row; after the last one it is sure that the file is whole and as it was written. Raises
        `WrongBackup`."""
        counts = dict.fromkeys(self.contents.counts, 0)
        table, columns = "", list[str]()
        while True:
            before = self._checksum.hexdigest()
            said = self._line()
            if isinstance(said, list) and table and len(said) == len(columns):
                counts[table] += 1
                yield table, columns, said
            elif isinstance(said, dict) and str(said.get("table")) in counts and isinstance(said.get("columns"), list):
                table, columns = str(said["table"]), [str(column) for column in said["columns"]]
            elif isinstance(said, dict) and "sha256" in said:
                break
            else:
                raise self._changed()
        if said["sha256"] != before or counts != self.contents.counts or self._bytes():
            raise self._changed()

    def _contents(self) -> Contents:
        try:
            said = self._line()
        except WrongBackup:
            said = None
        if not isinstance(said, dict) or "kolbot_backup" not in said:
            raise WrongBackup(f"{self._path} is no backup of Kolbot's.")
        if said["kolbot_backup"] != FORMAT or said.get("schema") not in versions():
            raise WrongBackup(
                f"The backup {self._path} was made by a newer Kolbot (its schema is {said.get('schema')}, this one "
                f"knows up to {versions()[0]}): restore it with that version."
            )
        try:
            seen = said["last_seen"]
            return Contents(
                schema=said["schema"],
                at=datetime.fromisoformat(said["at"]),
                last_seen=datetime.fromisoformat(seen) if seen else None,
                counts=dict(said["counts"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise self._changed() from error

    def _line(self) -> Any:
        line = self._bytes()
        self._checksum.update(line)
        if not line.endswith(b"\n"):
            raise WrongBackup(f"The backup {self._path} is not whole: its end is missing.")
        try:
            return orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise self._changed() from error

    def _bytes(self) -> bytes:
        try:
            return self._file.readline(LONGEST_LINE)
        except EOFError as error:
            raise WrongBackup(f"The backup {self._path} is not whole: its end is missing.") from error
        except (OSError, zlib.error) as error:
            raise self._changed() from error

    def _changed(self) -> WrongBackup:
        return WrongBackup(f"The backup {self._path} is damaged, or was changed after it was made.")


def _refuse_unless_empty(connection: Connection, now: datetime) -> None:
    where = shown(connection.engine.url)
    version_of(connection)  # a newer Kolbot's is refused, however empty
    there = sa.MetaData()
    there.reflect(connection)
    if foreign := sorted(there.tables.keys() - metadata.tables.keys() - {VERSION_TABLE}):
        raise WrongDatabase(f"The database {where} has tables of something else ({', '.join(foreign)}).")
    kept = [table for table in there.sorted_tables if table.name not in (*LEFT_OUT, VERSION_TABLE)]
    if full := [table.name for table in kept if connection.execute(sa.select(table).limit(1)).first() is not None]:
        raise WrongDatabase(
            f"The database {where} is not empty (there is something in {', '.join(full)}): restore into a new one."
        )
    if heartbeat.name in there.tables:
        seen = connection.execute(sa.select(sa.func.max(heartbeat.c.at))).scalar()
        if seen is not None and now - seen < ALIVE:
            raise WrongDatabase(
                f"A Kolbot is running on the database {where}: stop it, and try again {ALIVE.seconds} s later."
            )
    there.drop_all(connection)  # made anew, as the backup had them


def _put(connection: Connection, path: Path, contents: Contents) -> None:
    migrate(connection, contents.schema)
    there = sa.MetaData()
    there.reflect(connection)
    with _Backup(path) as backup:
        try:
            for (name, columns), rows in groupby(backup.rows(), key=lambda row: (row[0], row[1])):
                table = there.tables[name]
                names = [table.columns[column].name for column in columns]
                for some in _portions(dict(zip(names, values, strict=True)) for _, _, values in rows):
                    connection.execute(table.insert(), some)
        except (KeyError, SQLAlchemyError) as error:
            # A made-up file, or one that this database cannot hold. The error's text may quote what somebody wrote.
            raise WrongBackup(f"The backup {path} cannot be brought into this database: {in_short(error)}.") from error
    _continue_counting(connection, there)
    migrate(connection)
    # What hangs in Teams may be newer than the backup: every card is put once more.
    connection.execute(posts.update().values(digest=""))
    if contents.last_seen is not None:
        connection.execute(heartbeat.insert().values(instance=RESTORED, at=contents.last_seen))


def _portions(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _continue_counting(connection: Connection, there: sa.MetaData) -> None:
    """PostgreSQL counts ids apart from the rows that have them."""
    if connection.dialect.name != "postgresql":
        return
    for table in there.sorted_tables:
        for column in table.primary_key:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            if connection.execute(sa.select(sequence)).scalar() is not None:
                following = sa.func.coalesce(sa.func.max(column), 0) + 1
                connection.execute(sa.select(sa.func.setval(sequence, following, False)))
