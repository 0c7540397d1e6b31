"""The one thread that writes: changes wait in a queue, are stored in groups, and are answered after the commit only."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from store.batch import Batch
from store.database import for_writing
from store.failures import CommitUnknown, NotWritten, in_short, is_certain_after_commit, is_everybodys
from store.loading import Loading
from store.rows import ReadPlan
from store.tables import deliveries
from store.upsert import insert_new
from workshop.refusals import Refused
from workshop.service import Change, Done, NotStored, Outcome

MOST_IN_A_BATCH = 64
LONGEST_QUEUE = 10_000
"""More than this many waiting: whoever comes is told at once that nothing was stored."""

QUIET_ROUNDS = 6
"""Rounds of the event loop without a new change, after which those that came are stored: more than a request needs from
its bytes to here. Where nobody else comes, such a round takes some microseconds."""

LONGEST_GATHERING = 0.02
"""Seconds that the first change waits for others at most, however many come."""

CLOSING_SECONDS = 10.0

TURN_MARK = "turn:"
"""Delivery marks of activities without a command have a name space of their own."""

LAST = "\uffff"
"""What a small write is called that touches many rows: it comes after those that touch one."""

T = TypeVar("T")


class Ledger(Protocol):
    """Who is told what was committed, in the writer's thread and after the commit: quick, and never raises."""

    def changed(self, outcomes: Sequence[Done | Refused], seconds: float) -> None:
        """These changes were committed together; the COMMIT took `seconds`."""

    def wrote(self, seconds: float) -> None:
        """Small writes were committed."""

    def not_stored(self, certain: bool) -> None:
        """A change was not stored, or (not `certain`) nobody knows. Told at once where nothing was tried."""


class NoLedger:
    """Nobody is told."""

    def changed(self, outcomes: Sequence[Done | Refused], seconds: float) -> None:
        """Forgotten."""

    def wrote(self, seconds: float) -> None:
        """Forgotten."""

    def not_stored(self, certain: bool) -> None:
        """Forgotten."""


Job = Callable[[Connection], Any]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    """A change or a small job, and who waits for it where."""

    work: Change | Job
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]
    row: str


class Writer:
    """Implements `workshop.service.Store`. One per process; ends with `close`."""

    def __init__(
        self,
        engine: Engine,
        read_plan: ReadPlan,
        openers: frozenset[str] | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        """`read_plan` turns a stored plan's JSON into the plan; `openers` may open workshops (None: anybody)."""
        self._engine = for_writing(engine)
        self._ledger = ledger or NoLedger()
        self._loading = Loading(read_plan)
        self._openers = openers
        self._queue: SimpleQueue[list[_Waiting] | None] = SimpleQueue()
        self._gathered: list[_Waiting] = []
        # Each is counted up by one thread only.
        self._asked = self._taken = 0
        self._closing = self._hurrying = self._given_up = False
        self._thread = threading.Thread(target=self._run, name="store writer", daemon=True)
        self._thread.start()

    def change(self, change: Change) -> asyncio.Future[Outcome]:
        """Store a change. Database failures become `NotStored`; a bug is raised, and nothing was stored. Whoever waits
        may go away: the change goes on."""
        return self._ask(change)

    async def write(self, job: Callable[[Connection], T], row: str = "") -> T:
        """Run a small write in the thread and return what it returns, after the commit. It shares its transaction with
        others and may be run again after a failure of theirs, so it does nothing but write. `row` names what it locks:
        all instances write in the order of these names, so that none wait crosswise. Raises `NotWritten`."""
        return cast("T", await self._ask(job, row))

    async def first_time(self, delivery: str, now: datetime) -> bool:
        """Whether this activity, which carries no command, comes for the first time. Raises `NotWritten`."""
        row = {"key": TURN_MARK + delivery, "workshop": None, "at": now}
        return await self.write(lambda connection: insert_new(connection, deliveries, row), TURN_MARK + delivery)

    def hurry(self) -> None:
        """The process is about to end: where the database cannot be had once, it is not tried for those behind."""
        self._hurrying = True

    async def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Finish what is queued, for at most so long. What comes later is told that nothing was stored."""
        self.hurry()
        if not self._closing:
            self._closing = True
            self._hand_over()
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join, max(seconds, 0.0))
        if self._thread.is_alive():
            _log.error("The database did not take everything before the end: about %d unstored", self._left())

    def _ask(self, work: Change | Job, row: str = "") -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        waiting = _Waiting(work, loop, loop.create_future(), row)
        if self._closing or self._left() >= LONGEST_QUEUE:
            _tell([(waiting.answer, self._failed(waiting, NotWritten(certain=True)))])
            return waiting.answer
        if not self._gathered or self._gathered[0].loop is not loop:
            loop.call_soon(self._gather, self._gathered, loop.time() + LONGEST_GATHERING, 0, 0)
        self._gathered.append(waiting)
        self._asked += 1
        return waiting.answer

    def _left(self) -> int:
        """How many are not stored yet."""
        return self._asked - self._taken

    def _gather(self, gathered: list[_Waiting], until: float, seen: int, quiet: int) -> None:
        """Once in each round of the loop, until a few bring nobody new. Then the thread is woken for all of them, when
        the loop has little else to do: two threads that take the interpreter from each other all the time cost more
        than what they do."""
        if gathered is not self._gathered:
            return
        quiet = quiet + 1 if len(gathered) == seen else 0
        loop = asyncio.get_running_loop()
        if quiet == QUIET_ROUNDS or len(gathered) >= MOST_IN_A_BATCH or loop.time() >= until:
            self._hand_over()
        else:
            loop.call_soon(self._gather, gathered, until, len(gathered), quiet)

    def _hand_over(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            self._queue.put(gathered)

    def _failed(self, waiting: _Waiting, failure: Exception) -> NotStored | Exception:
        """What is said of a failure: of a change that was not stored that it was not, of all else what it is."""
        if not isinstance(failure, NotWritten) or not isinstance(waiting.work, Change):
            return failure
        self._ledger.not_stored(failure.certain)
        return NotStored(failure.certain)

    # From here on in the thread.

    def _run(self) -> None:
        last = False
        while not last and (waiting := self._queue.get()) is not None:
            while len(waiting) < MOST_IN_A_BATCH and not last:
                try:
                    more = self._queue.get_nowait()
                except Empty:
                    break
                if more is None:
                    last = True
                else:
                    waiting += more
            for first in range(0, len(waiting), MOST_IN_A_BATCH):
                batch = waiting[first : first + MOST_IN_A_BATCH]
                self._taken += len(batch)
                self._carry_out([one for one in batch if isinstance(one.work, Change)], self._change_all)
                jobs = [one for one in batch if not isinstance(one.work, Change)]
                self._carry_out(sorted(jobs, key=lambda one: one.row), self._write_all)

    def _carry_out(self, waiting: list[_Waiting], together: Callable[[Sequence[Any]], list[Any]]) -> None:
        """Do all in one transaction; after an error one by one, so that one bad command harms no other."""
        if not waiting:
            return
        if self._given_up:
            _answer_all((one, self._failed(one, NotWritten(certain=True))) for one in waiting)
            return
        try:
            answers = self._attempt([one.work for one in waiting], together)
        except Exception as error:  # noqa: BLE001 - whatever it is, each who waits is told
            failure = error
        else:
            _answer_all(zip(waiting, answers, strict=True))
            return
        if len(waiting) == 1 or isinstance(failure, NotWritten):
            _answer_all((one, self._failed(one, failure)) for one in waiting)
            return
        for one in waiting:
            self._carry_out([one], together)

    def _attempt(self, work: list[Any], together: Callable[[Sequence[Any]], list[Any]]) -> list[Any]:
        """Once; and once more where the connection was lost before anything can have been stored, or where one alone
        met another instance that did the same (then the second time sees it). Raises `NotWritten` where nothing can be
        stored now, anything else where it may be one command's fault."""
        for again in (True, False):
            try:
                return together(work)
            except CommitUnknown as error:
                self._given_up = self._hurrying
                _log.error("A commit's result is unknown: %s", in_short(error.__cause__))
                raise NotWritten(certain=False) from error
            except SQLAlchemyError as error:
                lost = isinstance(error, DBAPIError) and error.connection_invalidated
                if again and (lost or (len(work) == 1 and not is_everybodys(error))):
                    continue
                self._given_up = self._hurrying and is_everybodys(error)
                _log.error("Not stored (%d at once): %s", len(work), in_short(error))
                if len(work) == 1 or is_everybodys(error):
                    raise NotWritten(certain=True) from error
                raise
        raise AssertionError("the second attempt returns or raises")

    def _change_all(self, changes: Sequence[Change]) -> list[Done | Refused]:
        with self._engine.connect() as connection:
            batch = Batch(connection, self._loading, self._openers)
            outcomes = batch.decide(changes)
            batch.write()
            seconds = _commit(connection)
            batch.remember()
        self._ledger.changed(outcomes, seconds)
        return outcomes

    def _write_all(self, jobs: Sequence[Job]) -> list[Any]:
        with self._engine.connect() as connection:
            results = [job(connection) for job in jobs]
            seconds = _commit(connection)
        self._ledger.wrote(seconds)
        return results


def _commit(connection: Connection) -> float:
    """How long it took, in seconds. Raises `CommitUnknown` where nobody can say whether it happened."""
    begun = time.perf_counter()
    try:
        connection.commit()
    except SQLAlchemyError as error:
        certain = is_certain_after_commit(error)
        if certain:
            connection.rollback()
            raise
        connection.invalidate()
        raise CommitUnknown from error
    return time.perf_counter() - begun


def _answer_all(answered: Iterable[tuple[_Waiting, Any]]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any]]] = {}
    for waiting, answer in answered:
        by_loop.setdefault(waiting.loop, []).append((waiting.answer, answer))
    for loop, answers in by_loop.items():
        try:
            loop.call_soon_threadsafe(_tell, answers)
        except RuntimeError:
            _log.info("%d left before their answer came", len(answers))


def _tell(answers: list[tuple[asyncio.Future[Any], Any]]) -> None:
    for future, answer in answers:
        if future.done():
            continue
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
