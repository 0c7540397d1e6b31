"""Private reminders on their way: to whom one was begun, and what came of it. It sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from store.reader import Reader
from store.tables import reminders
from store.upsert import upsert
from store.writer import Writer

DUE, SENDING, REACHED, UNREACHED = "due", "sending", "reached", "unreached"

_DUE = (
    sa.select(reminders.c.workshop, reminders.c.nudge)
    .where(reminders.c.state == DUE)
    .order_by(reminders.c.workshop, reminders.c.nudge)
)


class Reminders:
    """Whoever sends them holds the workshop's lease for it. All that write raise `NotWritten`, the others `NotRead`."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def due(self) -> Sequence[tuple[str, int]]:
        """Workshops and which of their reminders have to be sent."""
        return [(row.workshop, row.nudge) for row in await self._reader.once(_DUE)]

    async def begun(self, workshop_id: str, nudge: int) -> Mapping[str, bool]:
        """To whom a reminder was begun, and whether it may have reached them: what was being sent when an instance
        died has, for all that anybody knows."""
        these = sa.select(reminders.c.person, reminders.c.state).where(*_whole(workshop_id, nudge))
        people = these.where(reminders.c.person != "")
        return await self._reader.read(
            lambda connection: {row.person: row.state != UNREACHED for row in connection.execute(people)}
        )

    async def begin(self, workshop_id: str, nudge: int, people: Iterable[str]) -> None:
        """These are about to be sent."""
        await self._keep(workshop_id, nudge, dict.fromkeys(people, SENDING))

    async def ended(self, workshop_id: str, nudge: int, reached: Mapping[str, bool | None]) -> None:
        """Whom they have reached; None: surely not sent, it may be begun again."""
        known = {person: REACHED if came else UNREACHED for person, came in reached.items() if came is not None}
        await self._keep(workshop_id, nudge, known)
        again = [person for person, came in reached.items() if came is None]
        if again:
            these = reminders.delete().where(*_whole(workshop_id, nudge), reminders.c.person.in_(again))
            await self._writer.write(lambda connection: connection.execute(these) and None)

    async def drop(self, workshop_id: str, nudge: int) -> None:
        """Nothing is to be sent any more."""
        these = reminders.delete().where(*_whole(workshop_id, nudge))
        await self._writer.write(lambda connection: connection.execute(these) and None)

    async def _keep(self, workshop_id: str, nudge: int, states: Mapping[str, str]) -> None:
        rows = [
            {"workshop": workshop_id, "nudge": nudge, "person": person, "state": state}
            for person, state in sorted(states.items())
        ]
        if rows:
            await self._writer.write(lambda connection: upsert(connection, reminders, rows))


def _whole(workshop_id: str, nudge: int) -> tuple[sa.ColumnElement[bool], ...]:
    return reminders.c.workshop == workshop_id, reminders.c.nudge == nudge
