"""The only way anything changes: lock, decide, record, commit, nudge. Says what it needs of a store; knows no SQL."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from workshop import commands as c, events as e
from workshop.course import NEARLY, to_warn
from workshop.delivery import Delivery
from workshop.evolve import evolve
from workshop.model import GRACE, Answer, Workshop
from workshop.patience import Patience
from workshop.refusals import Refused
from workshop.rules import Facts, decide

log = logging.getLogger("kolbot.service")

PATIENCE = 2.5
"""Seconds that a person waits for the store before being told that it is not confirmed yet; Teams gives up at 5."""


HERE = timedelta(seconds=3)
"""Seen so lately, another instance is alive, or nobody was away for long enough to matter."""


@dataclass(frozen=True, slots=True)
class Change:
    """One command on its way to the store. `delivery` is the activity that it came in: the same one delivered again has
    no second effect, and one that arrives after what was said later about the same has none at all; the mark is stored
    in the transaction of the effect."""

    command: c.AnyCommand
    now: datetime
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Committed. `events` is empty where it was so already, or (`repeated`) had been done by the same delivery or was
    too late: it is as the workshop and the answers say then, not as the command asked."""

    workshop: Workshop
    events: tuple[e.AnyEvent, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NotStored:
    """Nothing may be called done. `certain`: nothing was stored; else the commit's result is not known (yet)."""

    certain: bool


Outcome = Done | Refused | NotStored


def settle(
    workshop: Workshop | None, change: Change, facts: Facts
) -> tuple[tuple[e.AnyEvent, ...], Workshop] | Refused:
    """Decide one change and how the workshop looks after it. The store calls this between reading and writing."""
    decided = decide(workshop, change.command, facts, change.now)
    if isinstance(decided, Refused):
        return decided
    if not decided:
        assert workshop is not None, "only Open makes a workshop, and it always has events"
        return (), workshop
    return decided, evolve(workshop, decided)


class Store(Protocol):
    """Where changes are recorded. It locks the workshop, reads what `rules.needs` names, calls `settle`, writes,
    commits, and only then answers."""

    def change(self, change: Change) -> Awaitable[Outcome]: ...


class Reader(Protocol):
    """What can be asked without changing anything. Reads never wait behind the write lock."""

    async def workshop(self, workshop_id: str) -> Workshop | None: ...

    def known(self, workshop_id: str) -> Workshop | None:
        """The workshop as it was when last read, without waiting: good for what never changes in it (where it is
        held, its plan), never for a decision. Nothing where it has not been read yet."""

    async def newest_in(self, tenant: str, home: str) -> Workshop | None:
        """The live workshop that is held in a conversation, or has a group there; else the one opened last."""

    async def bound_in(self, tenant: str, conversation: str) -> Sequence[tuple[str, int]]:
        """Which bindings (workshop and number) let a group of a live workshop have this conversation, or a thread of
        it, as its own."""

    async def held_in(self, tenant: str) -> Sequence[tuple[str, str]]:
        """The live workshops of a tenant, each with the conversation that it is held in."""

    async def live_around(self, tenant: str, home: str) -> Workshop | None:
        """The live workshop opened last of those that are held, or have a group, in the channel of a conversation."""

    async def finished_in(self, tenant: str, home: str) -> Workshop | None:
        """The workshop that was finished last of those opened in a conversation; where none was, in its channel."""

    async def of_person(self, person: str) -> Sequence[Workshop]:
        """The workshops this person is in, the newest first."""

    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None:
        """A workshop and all its answers as of one revision, in the order they were first given."""

    async def mine(
        self, workshop_id: str, authors: Mapping[str, str], cases: Mapping[str, str] | None = None
    ) -> Mapping[str, Answer]:
        """One person's answers: for each prompt id the author that it is kept under; for those of a case its key."""

    async def given(
        self, workshop_id: str, keys: Sequence[tuple[str, str, str]]
    ) -> Mapping[tuple[str, str, str], Answer]:
        """The answers with these keys (prompt, author, case; of several rounds the last), as far as there are any."""

    async def due(self, before: datetime) -> Sequence[str]:
        """Ids of the workshops in which an open step, of all or of a group, ends at or before this instant (UTC)."""

    async def last_seen(self) -> datetime | None:
        """When any instance last said that it was alive (UTC)."""


class Heart(Protocol):
    """Where an instance says that it is alive."""

    async def beat(self, now: datetime) -> None: ...


_ANSWERS = (e.AnswerSubmitted, e.AnswerWithdrawn)


class _Unconfirmed:
    """Somebody who waits for the store, and is told after a while that it is not confirmed yet."""

    __slots__ = ("answer", "done")

    def __init__(self, answer: asyncio.Future[Outcome]) -> None:
        self.answer = answer
        self.done = answer.done

    def lose(self) -> None:
        self.answer.set_result(NotStored(certain=False))


class Workshops:
    """The one write path."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        nudge: Callable[[str, bool], None] = lambda workshop_id, urgent: None,
    ) -> None:
        """`clock` gives UTC; `nudge` is told, after the commit, the id of a workshop that has changed, and
        whether more than answers have."""
        self._store = store
        self.clock = clock
        self.nudge = nudge
        self._patience = Patience(PATIENCE)

    async def do(self, command: c.AnyCommand, delivery: Delivery | None = None) -> Outcome:
        """Carry out a command. Answers within `PATIENCE`; a change that takes longer goes on, unconfirmed."""
        work = asyncio.ensure_future(self._store.change(Change(command, self.clock(), delivery)))
        # Not the work itself is waited for: whoever goes away would take it with them.
        waiting = _Unconfirmed(asyncio.get_running_loop().create_future())
        self._patience.watch(waiting)
        work.add_done_callback(partial(self._came, waiting.answer))
        return await waiting.answer

    def _came(self, answer: asyncio.Future[Outcome], work: asyncio.Future[Outcome]) -> None:
        """The store has answered. Where nobody waits any more, a bug is logged by its kind, never with what people
        wrote."""
        if work.cancelled():
            return
        error = work.exception()
        if error is None:
            outcome = work.result()
            if not answer.done():
                answer.set_result(outcome)
            if isinstance(outcome, Done) and outcome.events:
                self.nudge(outcome.workshop.id, not all(isinstance(event, _ANSWERS) for event in outcome.events))
        elif not answer.done():
            answer.set_exception(error)
        else:
            log.error("a change failed after its person had been answered: %s", type(error).__name__)


class Clockwork:
    """Deadlines are rows that a tick finds due; nothing sleeps until one. It needs no lease: `CloseDue`,
    `WarnDue` and `MoveDeadline` change nothing the second time, so instances that tick at once close a step once."""

    def __init__(self, workshops: Workshops, reader: Reader, heart: Heart) -> None:
        self._workshops = workshops
        self._reader = reader
        self._heart = heart

    async def returned(self) -> None:
        """At start: deadlines that passed since the last sign of life move, and people are told (before any tick)."""
        now = self._workshops.clock()
        seen = await self._reader.last_seen()
        if seen is not None and now - seen >= HERE:
            await self._forgive(seen, now)
        await self._heart.beat(now)

    async def _forgive(self, seen: datetime, now: datetime) -> None:
        """Nobody was there between these instants (UTC)."""
        for workshop_id in await self._reader.due(now):
            workshop = await self._reader.workshop(workshop_id)
            if workshop is None:
                continue  # another instance was faster
            await self._workshops.do(c.MoveDeadline(workshop=workshop_id, by=c.SYSTEM, since=seen))

    async def tick(self) -> None:
        """Close what is due, warn of what is nearly over, and say that this instance is alive. One workshop's trouble
        is no other's."""
        now = self._workshops.clock()
        for workshop_id in await self._reader.due(now - GRACE):
            try:
                await self._workshops.do(c.CloseDue(workshop=workshop_id, by=c.SYSTEM))
            except Exception as error:  # noqa: BLE001 - a bug in one workshop must not stop the others' clocks
                log.error("a step could not be closed: %s", type(error).__name__)
        for workshop_id in await self._reader.due(now + NEARLY):
            try:
                workshop = await self._reader.workshop(workshop_id)
                if workshop is not None and to_warn(workshop, now):
                    await self._workshops.do(c.WarnDue(workshop=workshop_id, by=c.SYSTEM))
            except Exception as error:  # noqa: BLE001 - as above
                log.error("it could not be said that a step is nearly over: %s", type(error).__name__)
        await self._heart.beat(now)

    async def run(self) -> None:
        """Tick every second. What goes wrong is logged by its kind, and the next tick comes."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - without the clock no step would ever close
                log.error("a tick failed: %s", type(error).__name__)
            await asyncio.sleep(1)
