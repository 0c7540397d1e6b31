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
"""So far Teams' clock may be ahead of ours for what it says to be kept: else one wrong time would silence what comes
until then."""
REMEMBERED = 20
"""Activities of the very same instant that are told apart."""


class Mark(NamedTuple):
    """What a command has left. One whose time counts: a mark for all that are about the same, which moves, with when it
    was said (microseconds since 1970) and the names of the activities of that instant. Every other: one by itself."""

    key: str
    workshop: str
    said: int | None = None
    activity: str | None = None

    @property
    def activities(self) -> Sequence[str]:
        """The names of its activities."""
        return (self.activity or "").split("\n")


class Coming(NamedTuple):
    """A command before it is done, by what may be found of it. `topic` is None where its time does not count; `kept`:
    whether its time can be kept."""

    activity: str
    topic: str | None = None
    said: int = 0
    kept: bool = False

    @property
    def keys(self) -> Iterable[str]:
        """Under which keys it, or what was said later, may have left something. A mark by name is there where the time
        did not count when it was done: with another clock, before the release that counts it, or after the end."""
        return (CHANGE + self.activity,) if self.topic is None else (self.topic, CHANGE + self.activity)

    def past(self, marks: Mapping[str, Mark]) -> Mark | None:
        """Of what is the reason that nothing is to be done any more: it was done already, or something about the same
        was said later."""
        found = marks.get(self.topic) if self.topic is not None else None
        if found is not None and found.said is not None and found.said >= self.said and (
            found.said > self.said or self.activity in found.activities
        ):
            return found
        return marks.get(CHANGE + self.activity)

    def late(self, found: Mark) -> float:
        """How many seconds before the one that left `found` this was said; 0 where it was not."""
        return max(found.said - self.said, 0) / 1_000_000 if found.said is not None else 0.0

    def left(self, marks: Mapping[str, Mark], workshop: str) -> Mark:
        """What is left of it once it is done."""
        if self.topic is None or not self.kept:
            return Mark(CHANGE + self.activity, workshop)
        found = marks.get(self.topic)
        if found is None or found.said != self.said:
            return Mark(self.topic, workshop, self.said, self.activity)
        return Mark(self.topic, workshop, self.said, "\n".join((*found.activities, self.activity)[-REMEMBERED:]))


def coming(change: Change, workshop: Workshop | None) -> Coming | None:
    """What a change may have left, and will; nothing where it came in no activity."""
    delivery = change.delivery
    if delivery is None:
        return None
    said, name = delivery.said, delivery.key
    if said is not None and workshop is not None and "\n" not in name:
        topic = topic_of(workshop, change.command)
        if topic is not None:
            return Coming(name, TOPIC + topic, (said - EPOCH) // MICROSECOND, said - change.now <= AHEAD)
    return Coming(name)


_FOUND = sa.select(
    deliveries.c.key, deliveries.c.workshop, sa.type_coerce(deliveries.c.said, sa.BigInteger), deliveries.c.activity
).where(deliveries.c.key.in_(sa.bindparam("wanted", expanding=True)))
"""Built once: building a statement costs more than running it."""


def read_marks(connection: Connection, keys: Iterable[str]) -> Mapping[str, Mark]:
    """The marks with these keys, as far as there are any."""
    wanted = sorted(set(keys))
    return {row[0]: Mark(*row) for row in run(connection, _FOUND, {"wanted": wanted})} if wanted else {}


def row_of(mark: Mark, change: Change) -> Row:
    """Its row."""
    said = change.delivery.said if change.delivery is not None and mark.said is not None else None
    return {
        "key": mark.key, "workshop": mark.workshop, "at": change.now, "said": said, "activity": mark.activity,
    }  # fmt: skip


def write_marks(connection: Connection, marks: Mapping[str, Row]) -> None:
    """Rows by their keys, always in the same order: it is there that one waits for another that writes the same. What
    moves is written over; of the others each is left once, and who comes second is told by the database."""
    keys = sorted(marks)
    insert(connection, deliveries, [marks[key] for key in keys if key.startswith(CHANGE)])
    upsert(connection, deliveries, [marks[key] for key in keys if key.startswith(TOPIC)])


def keep_by_name(connection: Connection, ended: Iterable[str]) -> None:
    """Of these workshops the key of the topics is gone: what they left is found by its activities from now on."""
    of_them = (deliveries.c.workshop.in_(sorted(ended)), deliveries.c.activity.is_not(None))
    moving = connection.execute(sa.select(deliveries).where(*of_them)).mappings()
    rows = {
        CHANGE + name: {**row, "key": CHANGE + name, "said": None, "activity": None}
        for row in moving
        for name in row["activity"].split("\n")
    }
    connection.execute(deliveries.delete().where(*of_them))
    upsert(connection, deliveries, [rows[key] for key in sorted(rows)])


def forget_marks(connection: Connection, before: datetime) -> None:
    """Delete marks of what was done before an instant (UTC): nothing is delivered again that late. What somebody is
    moving just now is left for the next time."""
    old = sa.select(deliveries.c.key).where(deliveries.c.at < before).with_for_update(skip_locked=True)
    connection.execute(deliveries.delete().where(deliveries.c.key.in_(old)))
