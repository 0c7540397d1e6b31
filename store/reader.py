"""Reading without changing anything, on connections and threads of its own: never behind the write lock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from store.database import for_asking, for_reading
from store.failures import NotRead, in_short
from store.loading import Loading
from store.rows import ReadPlan, answer_from
from store.tables import answers, heartbeat, people, places, workshops
from workshop.model import Answer, Status, Workshop, channel_of

THREADS = 4

T = TypeVar("T")

_log = logging.getLogger(__name__)

_LATEST = sa.select(heartbeat.c.at).order_by(heartbeat.c.at.desc()).limit(1)
_GIVEN_ORDER = (answers.c.given, answers.c.prompt, answers.c.case, answers.c.round, answers.c.author)


def _within(place: sa.Column[str], channel: str) -> sa.ColumnElement[bool]:
    """Whether a place is a channel or a thread of it, letter for letter."""
    return (place == channel) | (sa.func.substr(place, 1, len(channel) + 1) == f"{channel};")


class Reader:
    """Implements `workshop.service.Reader`. One per process; ends with `close`."""

    def __init__(self, engine: Engine, read_plan: ReadPlan) -> None:
        """`read_plan` turns a stored plan's JSON into the plan."""
        self._engine = for_reading(engine)
        self._asking = for_asking(engine)
        self._loading = Loading(read_plan)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store reader")

    async def read(self, question: Callable[[Connection], T]) -> T:
        """Ask the database something, seeing one state of it throughout. Raises `NotRead`, as all here do."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, question, self._engine)

    async def once(self, statement: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """The rows of a single statement, which sees one state by itself: cheaper than a transaction around it."""

        def ask(connection: Connection) -> Sequence[Any]:
            return connection.execute(statement, values or {}).all()

        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, ask, self._asking)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    async def workshop(self, workshop_id: str) -> Workshop | None:
        """Where the database cannot be asked just now, the workshop as it was last read: enough to give a person their
        form back with what they typed. Whatever is decided is decided on what is stored."""
        try:
            return await self.read(lambda connection: self._one(connection, workshop_id))
        except NotRead:
            known = self._loading.last_known(workshop_id)
            if known is None:
                raise
            return known

    def known(self, workshop_id: str) -> Workshop | None:
        return self._loading.last_known(workshop_id)

    async def newest_in(self, tenant: str, home: str) -> Workshop | None:
        columns = (places.c.workshop, places.c.tenant, places.c.place, places.c.live)
        here = sa.select(columns[0]).join(workshops).where(columns[1] == tenant, columns[2] == home)
        newest = here.order_by(columns[3].desc(), workshops.c.opened_at.desc(), columns[0]).limit(1)

        def ask(connection: Connection) -> Workshop | None:
            found = connection.execute(newest).scalar()
            return None if found is None else self._one(connection, found)

        return await self.read(ask)

    async def bound_in(self, tenant: str, conversation: str) -> Sequence[tuple[str, int]]:
        held = places.c.place.startswith(conversation + ";", autoescape=True) | (places.c.place == conversation)
        groups = places.c.live & (places.c.number > 0)
        found = sa.select(places.c.workshop, places.c.number).where(places.c.tenant == tenant, held, groups)
        rows = found.order_by(places.c.workshop, places.c.number)
        return [(row.workshop, row.number - 1) for row in await self.once(rows)]

    async def held_in(self, tenant: str) -> Sequence[tuple[str, str]]:
        homes = places.c.live & (places.c.number == 0)
        found = sa.select(places.c.workshop, places.c.place).where(places.c.tenant == tenant, homes)
        rows = found.order_by(places.c.workshop)
        return [(row.workshop, row.place) for row in await self.once(rows)]

    async def live_around(self, tenant: str, home: str) -> Workshop | None:
        there = places.c.live & (places.c.tenant == tenant) & _within(places.c.place, channel_of(home))
        these = sa.select(places.c.workshop).join(workshops).where(there)
        newest = these.order_by(workshops.c.opened_at.desc(), places.c.workshop).limit(1)

        def ask(connection: Connection) -> Workshop | None:
            found = connection.execute(newest).scalar()
            return None if found is None else self._one(connection, found)

        return await self.read(ask)

    async def finished_in(self, tenant: str, home: str) -> Workshop | None:
        theirs = _within(workshops.c.home, channel_of(home))
        finished = workshops.c.status == str(Status.FINISHED)
        exact = sa.case((workshops.c.home == home, 0), else_=1)
        these = sa.select(workshops.c.id).where(workshops.c.tenant == tenant, theirs, finished)
        newest = these.order_by(exact, workshops.c.opened_at.desc(), workshops.c.id).limit(1)

        def ask(connection: Connection) -> Workshop | None:
            found = connection.execute(newest).scalar()
            return None if found is None else self._one(connection, found)

        return await self.read(ask)

    async def of_person(self, person: str) -> Sequence[Workshop]:
        joined = sa.select(workshops.c.id).join(people).where(people.c.person == person)
        newest_first = joined.order_by(workshops.c.opened_at.desc(), workshops.c.id)

        def ask(connection: Connection) -> Sequence[Workshop]:
            ids = list(connection.execute(newest_first).scalars())
            found = self._loading.workshops(connection, ids)
            return [found[id_] for id_ in ids]

        return await self.read(ask)

    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.answers_now, workshop_id)

    def answers_now(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        """As `answers`, for whoever has no event loop to wait in."""
        rows = sa.select(answers).where(answers.c.workshop == workshop_id).order_by(*_GIVEN_ORDER)

        def ask(connection: Connection) -> tuple[Workshop, tuple[Answer, ...]] | None:
            workshop = self._one(connection, workshop_id)
            if workshop is None:
                return None
            return workshop, tuple(answer_from(row) for row in connection.execute(rows).mappings())

        return self._ask(ask, self._engine)

    async def mine(
        self, workshop_id: str, authors: Mapping[str, str], cases: Mapping[str, str] | None = None
    ) -> Mapping[str, Answer]:
        wanted = [(prompt, author, (cases or {}).get(prompt, "")) for prompt, author in authors.items()]
        return {prompt: answer for (prompt, _, _), answer in (await self.given(workshop_id, wanted)).items()}

    async def given(
        self, workshop_id: str, keys: Sequence[tuple[str, str, str]]
    ) -> Mapping[tuple[str, str, str], Answer]:
        these = sa.tuple_(answers.c.prompt, answers.c.author, answers.c.case).in_(keys)
        # Of several rounds the last one stays.
        rows = sa.select(answers).where(answers.c.workshop == workshop_id, these).order_by(answers.c.round)

        found = [answer_from(row._mapping) for row in (await self.once(rows) if keys else ())]
        return {(answer.prompt, answer.author, answer.case): answer for answer in found}

    async def due(self, before: datetime) -> Sequence[str]:
        due = sa.select(workshops.c.id).where(workshops.c.due_at <= before)
        in_order = due.order_by(workshops.c.due_at, workshops.c.id)
        return [id_ for (id_,) in await self.once(in_order)]

    async def last_seen(self) -> datetime | None:
        return next((at for (at,) in await self.once(_LATEST)), None)

    def _one(self, connection: Connection, workshop_id: str) -> Workshop | None:
        return self._loading.workshops(connection, [workshop_id]).get(workshop_id)

    def _ask(self, question: Callable[[Connection], T], engine: Engine) -> T:
        """In a thread. Once more where the connection had been lost: the second is a new one."""
        for again in (True, False):
            try:
                with engine.connect() as connection:
                    return question(connection)
            except DBAPIError as error:
                if not (again and error.connection_invalidated):
                    _log.error("Not read: %s", in_short(error))
                    raise NotRead from error
        raise AssertionError("the second attempt returns or raises")
