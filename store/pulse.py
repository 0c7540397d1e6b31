"""Whether the database answers: reads, writes, and how many workshops live. It leaves nothing behind."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.reader import Reader
from store.tables import EPOCH, LIVE_STATUSES, heartbeat, workshops
from store.writer import Writer


class Pulse:
    """Asks the database through the same connections as everybody."""

    def __init__(self, writer: Writer, reader: Reader, instance: str) -> None:
        """`instance` names this process among those on the same database."""
        self._writer = writer
        self._reader = reader
        self._trial = f"trial:{instance}"

    async def can_read(self) -> None:
        """Raises `NotRead` where nothing can be read."""
        anything = sa.select(heartbeat.c.instance).limit(1)
        await self._reader.read(lambda connection: connection.execute(anything).scalar())

    async def can_write(self) -> None:
        """Raises `NotWritten` where nothing can be written. It writes and deletes a row in one transaction, which
        nobody else ever sees: taking the lock alone would not find a full disk."""
        mine = heartbeat.c.instance == self._trial

        def write(connection: Connection) -> None:
            connection.execute(heartbeat.insert().values(instance=self._trial, at=EPOCH))
            connection.execute(heartbeat.delete().where(mine))

        await self._writer.write(write)

    async def live(self) -> int:
        """How many workshops have not ended. Raises `NotRead`."""
        count = sa.select(sa.func.count()).select_from(workshops).where(workshops.c.status.in_(LIVE_STATUSES))
        return await self._reader.read(lambda connection: int(connection.execute(count).scalar_one()))
