"""Which activities have had their effect, and when what was said last was said. It decides nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.instants import EPOCH, MICROSECOND
from store.prepared import run
from store.rows import Row
from store.tables import deliveries
from store.upsert import insert, upsert
from workshop.delivery import topic_of
from workshop.model import Workshop
from workshop.service import Change

CHANGE, TOPIC = "change:", "said:"
"""Marks of commands have name spaces of their own."""
AHEAD = timedelta(minutes=5)
"""So far Teams' clock may be ahead of ours; tokens forgive as much. What was said later than that is not compared."""


REMEMBERED = 20
"""Activities of the very same instant that are told apart."""


class Mark(NamedTuple):
    """What a command leaves. Of one whose time counts, one for all that are about the same: its `said` (microseconds
    since 1970) moves, and `activity` names the last, or all of that instant. Of every other command one by itself,
    without them."""

    key: str
    workshop: str | None
    said: int | None = None
    activity: str | None = None

    def is_past(self, found: Mark) -> bool:
        """Whether the command that would leave this has nothing to do any more after the one that left `found`: it is
        the very same, or something about the same was said later."""
        if self.said is None or found.said is None:
            return True
        return found.said > self.said or (found.said == self.said and self.activity in found.activities)

    def late(self, found: Mark) -> float:
        """How many seconds before the one that left `found` this was said; 0 where it was not."""
        return max((found.said or 0) - (self.said or 0), 0) / 1_000_000

    @property
    def activities(self) -> Sequence[str]:
        """The names of its activities."""
        return (self.activity or "").split("\n")


def mark_of(change: Change, workshop: Workshop | None) -> Mark | None:
    """What a change will leave, if it does anything; nothing where it came in no activity."""
    delivery = change.delivery
    if delivery is None:
        return None
    said = delivery.said
    if said is not None and workshop is not None and said - change.now <= AHEAD:
        topic = topic_of(workshop, change.command)
        if topic is not None:
            return Mark(TOPIC + topic, workshop.id, (said - EPOCH) // MICROSECOND, delivery.key)
    return Mark(CHANGE + delivery.key, None)


def left_by(mark: Mark, found: Mark | None, workshop: str) -> Mark:
    """What is left of a change to this workshop that was done after the one that left `found`."""
    if found is None or mark.said is None or found.said != mark.said:
        return Mark(mark.key, workshop, mark.said, mark.activity)
    names = (*found.activities, mark.activity or "")[-REMEMBERED:]
    return Mark(mark.key, workshop, mark.said, "\n".join(names))


_FOUND = sa.select(
    deliveries.c.key, deliveries.c.workshop, sa.type_coerce(deliveries.c.at, sa.BigInteger), deliveries.c.activity
).where(deliveries.c.key.in_(sa.bindparam("wanted", expanding=True)))
"""Built once: building a statement costs more than running it."""


def read_marks(connection: Connection, keys: Iterable[str]) -> Mapping[str, Mark]:
    """The marks with these keys, as far as there are any."""
    wanted = sorted(set(keys))
    return {row[0]: Mark(*row) for row in run(connection, _FOUND, {"wanted": wanted})} if wanted else {}


def write_marks(connection: Connection, marks: Mapping[str, Row]) -> None:
    """Rows by their keys, always in the same order: it is there that one waits for another that writes the same. What
    moves is written over; of the others each is left once, and who comes second is told by the database."""
    keys = sorted(marks)
    insert(connection, deliveries, [marks[key] for key in keys if key.startswith(CHANGE)])
    upsert(connection, deliveries, [marks[key] for key in keys if key.startswith(TOPIC)])


def row_of(mark: Mark, change: Change) -> Row:
    """Its row: with the time at which it was said; of what has none, at which it was done."""
    at = change.now if mark.said is None or change.delivery is None else change.delivery.said
    return {"key": mark.key, "workshop": mark.workshop, "at": at, "activity": mark.activity}


def forget_marks(connection: Connection, before: datetime) -> None:
    """Delete marks of before an instant (UTC): nothing is delivered again that late."""
    connection.execute(deliveries.delete().where(deliveries.c.at < before))
