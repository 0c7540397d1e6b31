"""The marks of activities as rows: read, written, kept by name after the end, forgotten. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store.prepared import run
from store.rows import Row
from store.tables import deliveries
from store.upsert import insert, upsert
from workshop.arriving import CHANGE, TOPIC, Mark
from workshop.service import Change

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
