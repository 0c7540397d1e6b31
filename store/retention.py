"""Erases workshops whose time is over, as the notice promised; the audit trail says that it was done, not what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from store.drafts import forget_old
from store.failures import NotWritten
from store.rows import course_row
from store.tables import answers, audit, people, places, posts, published, reminders, tickets, translations, workshops
from store.tickets import forget_tickets
from store.writer import Writer
from workshop.model import Status, Workshop
from workshop.plan import Plan

log = logging.getLogger("kolbot.store")

EVERY = timedelta(hours=1)
"""How often it is looked for what has to go."""
AT_ONCE = 20
"""Workshops erased in one transaction: nobody's answer waits long behind it."""


class Retention:
    """Erases a workshop the days after its end that its template says, or earlier where the operator says so."""

    def __init__(self, writer: Writer, clock: Callable[[], datetime], most_days: int) -> None:
        """`clock` gives UTC; `most_days` is the operator's limit."""
        self._writer = writer
        self._clock = clock
        self._most_days = most_days

    async def tick(self) -> int:
        """Erase what is due; how many workshops went. Raises `NotWritten`."""
        now, erased = self._clock(), 0
        await self._writer.write(lambda connection: _forget(connection, now))
        while True:
            gone = await self._writer.write(lambda connection: self._erase(connection, now))
            erased += gone
            if gone < AT_ONCE:
                return erased

    async def run(self) -> None:
        """Tick every hour; what fails is tried again at the next."""
        while True:
            try:
                await self.tick()
            except NotWritten:
                log.error("what is due to be erased could not be erased; it is tried again")
            await asyncio.sleep(EVERY.total_seconds())

    def _erase(self, connection: Connection, now: datetime) -> int:
        columns = workshops.c
        ended = sa.select(
            columns.id, columns.tenant, columns.language, columns.ended_at, columns.revision, columns.plan
        )
        ended = ended.where(
            columns.ended_at.is_not(None), columns.ended_at <= now - timedelta(days=1), columns.home != ""
        )
        due = [row for row in connection.execute(ended.order_by(columns.id)).mappings() if self._is_due(row, now)]
        for row in due[:AT_ONCE]:
            for table in (answers, translations, people, places, posts, published, reminders, tickets, audit):
                connection.execute(table.delete().where(table.c.workshop == row["id"]))
            connection.execute(workshops.update().where(columns.id == row["id"]).values(_nothing_left(row)))
            line = {"workshop": row["id"], "at": now, "by": "system", "action": "Erased", "detail": "{}"}
            connection.execute(audit.insert(), line)
        return len(due[:AT_ONCE])

    def _is_due(self, row: RowMapping, now: datetime) -> bool:
        days = min(orjson.loads(row["plan"]).get("retention_days", self._most_days), self._most_days)
        return bool(now >= row["ended_at"] + timedelta(days=days))


def _forget(connection: Connection, now: datetime) -> None:
    """What is kept for days only, whatever becomes of a workshop."""
    forget_old(connection, now)
    forget_tickets(connection, now)


def _nothing_left(row: RowMapping) -> dict[str, object]:
    """What a workshop's row becomes: the audit trail's line has to hang on something, which nobody finds any more."""
    empty = Workshop(
        id=row["id"],
        tenant=row["tenant"],
        home="",
        title="",
        language=row["language"],
        plan=_NO_PLAN,
        opened_by="",
        opened_at=row["ended_at"],
        secret=None,
        revision=row["revision"] + 1,
        status=Status.FINISHED,
    )
    empties = {"home": "", "title": "", "opened_by": "", "secret": None, "brought": None}
    values = {**empties, **course_row(empty, empty.revision)}
    return {**values, "ended_at": row["ended_at"]}


_NO_PLAN = Plan("", {}, {}, (), (), "")
