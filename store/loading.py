"""Workshops out of the database, and a cache that an answer leaves valid. Reads only, in the caller's transaction."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from store.prepared import run
from store.rows import ReadPlan, workshop_from
from store.tables import people, translations, workshops
from store.translation_rows import translations_from
from workshop.model import Workshop
from workshop.plan import Plan

CACHED_WORKSHOPS = 256
CACHED_PLANS = 128

K = TypeVar("K")
V = TypeVar("V")


_STATES = (
    sa.select(workshops.c.id, workshops.c.revision, workshops.c.shape)
    .where(workshops.c.id.in_(sa.bindparam("wanted", expanding=True)))
    .order_by(workshops.c.id)
)
# FOR NO KEY UPDATE on PostgreSQL, nothing on SQLite, where BEGIN IMMEDIATE has locked everything.
_LOCKED = _STATES.with_for_update(key_share=True)
"""Built once: building a statement costs more than running it."""


class Recent(Generic[K, V]):
    """The last so many values by key. Safe to share between threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            if len(self._kept) > self._limit:
                self._kept.popitem(last=False)

    def drop(self, key: K) -> None:
        with self._lock:
            self._kept.pop(key, None)


class Loading:
    """Loads workshops, reading no more than has changed. One for the writer, one for the reader."""

    def __init__(self, read_plan: ReadPlan) -> None:
        self._read = read_plan
        self._plans: Recent[str, Plan] = Recent(CACHED_PLANS)
        self._known: Recent[str, tuple[int, Workshop]] = Recent(CACHED_WORKSHOPS)

    def workshops(self, connection: Connection, ids: Iterable[str], lock: bool = False) -> dict[str, Workshop]:
        """Those of the workshops that exist. With `lock` their rows are held, in the order of their ids, until the
        transaction ends: one statement, so that two writers never wait for each other crosswise."""
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        found: dict[str, Workshop] = {}
        changed: list[str] = []
        for id_, revision, shape in run(connection, _LOCKED if lock else _STATES, {"wanted": wanted}):
            known = self._known.get(id_)
            if known is None or known[0] != shape:
                changed.append(id_)
            elif known[1].revision == revision:
                found[id_] = known[1]
            else:
                found[id_] = replace(known[1], revision=revision)
        if changed:
            found.update(self._load(connection, changed))
        return found

    def last_known(self, workshop_id: str) -> Workshop | None:
        """A workshop as it was last loaded, however long ago."""
        known = self._known.get(workshop_id)
        return known[1] if known else None

    def remember(self, workshop: Workshop, shape: int | None) -> None:
        """A workshop as it was committed. `shape` is the revision of its last change other than an answer; None where
        there were only answers."""
        known = self._known.get(workshop.id)
        if shape is None and known is not None:
            shape = known[0]
        if shape is not None:
            self._known.put(workshop.id, (shape, workshop))

    def _load(self, connection: Connection, ids: list[str]) -> Mapping[str, Workshop]:
        rows = connection.execute(sa.select(workshops).where(workshops.c.id.in_(ids))).mappings().all()
        order = (people.c.workshop, people.c.number, people.c.person)
        everybody = connection.execute(sa.select(people).where(people.c.workshop.in_(ids)).order_by(*order)).mappings()
        by_workshop = _by_workshop(everybody)
        said = sa.select(translations).where(translations.c.workshop.in_(ids)).order_by(*translations.primary_key)
        translated = _by_workshop(connection.execute(said).mappings())
        loaded: dict[str, Workshop] = {}
        for row in rows:
            workshop = workshop_from(row, by_workshop.get(row["id"], ()), self._plan)
            if found := translated.get(workshop.id):
                workshop = replace(workshop, translations=translations_from(found))
            loaded[workshop.id] = workshop
            self._known.put(workshop.id, (row["shape"], workshop))
        return loaded

    def _plan(self, source: str) -> Plan:
        plan = self._plans.get(source)
        if plan is None:
            plan = self._read(source)
            self._plans.put(source, plan)
        return plan


def _by_workshop(rows: Iterable[RowMapping]) -> dict[str, list[RowMapping]]:
    """Rows that come workshop by workshop."""
    return {id_: list(group) for id_, group in groupby(rows, key=lambda row: str(row["workshop"]))}
