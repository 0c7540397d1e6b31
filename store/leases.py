"""Who may do a thing alone for a while, among all instances on one database. Never what is done."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.tables import heartbeat, leases
from store.upsert import insert_new
from store.writer import Writer

SILENT = timedelta(seconds=3)
"""An instance that beats every second and has not for this long is taken for dead: its leases may be followed at once.
Clocks of machines may differ by two seconds; where they differ by more, or where it was only stalled, it finds its
lease lost before its next call, and what it was at is in doubt."""


_OF_NAME = leases.c.name == sa.bindparam("this")
_LEASE = sa.select(leases).where(_OF_NAME).with_for_update()
_TAKEN = leases.update().where(_OF_NAME).values({column.name: sa.bindparam(column.name) for column in leases.c})
_BACK = (
    leases.update()
    .where(_OF_NAME, leases.c.holder == sa.bindparam("mine"))
    .values(until=sa.bindparam("until"), given_back=True)
)
"""Built once: building a statement costs more than running it."""


class Leases:
    """One row for each thing. Instances compare its time with their own clock: theirs may differ by what the lease is
    longer than whatever is done under it. All here raise `NotWritten`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def take(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Hold a lease from now on for so many seconds; again, to hold it longer. False: somebody else has it."""
        return await self.follow(name, holder, now, seconds) is not None

    async def follow(self, name: str, holder: str, now: datetime, seconds: float) -> str | None:
        """As `take`; says whose lease ran out without being given back: whatever they began may still take effect. ""
        where there is no such holder, None where somebody else has it."""
        row = {"name": name, "holder": holder, "until": now + timedelta(seconds=seconds), "given_back": False}

        def write(connection: Connection) -> str | None:
            known = connection.execute(_LEASE, {"this": name}).one_or_none()
            if known is None:
                # Another instance may be inserting it at this moment; then the row is theirs.
                return "" if insert_new(connection, leases, row) else None
            if known.holder != holder and known.until > now:
                taken = known.until - timedelta(seconds=seconds)
                if known.given_back or now - taken < SILENT or not _silent(connection, known.holder, now):
                    return None
            connection.execute(_TAKEN, {**row, "this": name})
            return "" if known.given_back or known.holder == holder else str(known.holder)

        return await self._writer.write(write, "lease:" + name)

    async def silent(self, instance: str, now: datetime) -> bool:
        """Whether an instance has given signs of life, and gives none any more."""
        return await self._writer.write(lambda connection: _silent(connection, instance, now), "lease:")

    async def give_back(self, name: str, holder: str, at: datetime) -> None:
        """Others may have it from an instant (UTC) on, its holder at any time. Who no longer has it changes nothing."""
        mine = {"this": name, "mine": holder, "until": at}
        await self._writer.write(lambda connection: connection.execute(_BACK, mine) and None, "lease:" + name)


def _silent(connection: Connection, instance: str, now: datetime) -> bool:
    beat = connection.execute(sa.select(heartbeat.c.at).where(heartbeat.c.instance == instance)).scalar()
    return beat is not None and now - beat >= SILENT


def forget_leases(connection: Connection, before: datetime) -> None:
    """Delete leases that ended before an instant (UTC)."""
    connection.execute(leases.delete().where(leases.c.until < before))
