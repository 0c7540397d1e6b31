"""The sign of life that an instance leaves, and the clearing away that goes with it. Never judges an outage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.leases import forget_leases
from store.marks import forget_marks
from store.reader import Reader
from store.tables import heartbeat
from store.upsert import upsert
from store.writer import LAST, Writer

REDELIVERED_WITHIN = timedelta(days=1)
"""Delivery marks, and the signs of life of instances that are gone, are kept this long."""

CLEAR_EVERY = timedelta(hours=1)


class Heartbeat:
    """Implements `workshop.service.Heart`."""

    def __init__(self, writer: Writer, instance: str) -> None:
        """`instance` names this process among those on the same database."""
        self._writer = writer
        self._instance = instance
        self._cleared: datetime | None = None

    async def beat(self, now: datetime) -> None:
        """Say that this instance is alive. Raises `NotWritten`."""
        clear = self._cleared is None or now - self._cleared >= CLEAR_EVERY

        def write(connection: Connection) -> None:
            upsert(connection, heartbeat, [{"instance": self._instance, "at": now}])
            if clear:
                forget_marks(connection, now - REDELIVERED_WITHIN)
                forget_leases(connection, now - REDELIVERED_WITHIN)
                connection.execute(heartbeat.delete().where(heartbeat.c.at < now - REDELIVERED_WITHIN))

        await self._writer.write(write, LAST)
        if clear:
            self._cleared = now


class Beats:
    """The signs of life of all instances."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def since(self, instant: datetime) -> Sequence[str]:
        """Instances that have given one since (UTC). Raises `NotRead`."""
        lately = sa.select(heartbeat.c.instance).where(heartbeat.c.at >= instant).order_by(heartbeat.c.instance)
        return await self._reader.read(lambda connection: list(connection.execute(lately).scalars()))
