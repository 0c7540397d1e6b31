"""Holds the database as another program would, or an instance still, for a while. It changes nothing in either."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from random import Random

from rehearsal.bot_process import BotProcess

HELD = (3.0, 4.5)
"""Seconds that the database is held: longer than the bot waits before it says that an answer is not confirmed."""
FROZEN = (5.0, 6.0)
"""Seconds that an instance stands still."""


class Grip:
    """Takes hold `count` times at seeded moments, spread over the first `answers` that are acknowledged, never while
    `busy`. `hold` blocks for so many seconds (`between` two figures); it is called in a thread. `what` is told."""

    def __init__(
        self, hold: Callable[[float], None], count: int, answers: int, seed: int, tell: Callable[[str], None],
        busy: Callable[[], bool] = lambda: False, *, between: tuple[float, float] = HELD,
        what: str = "the database is held",
    ) -> None:
        self._hold = hold
        self._tell = tell
        self._busy = busy
        self._between = between
        self._what = what
        self._dice = Random(f"{what} {seed}")
        share = answers / max(count, 1)
        self._at = [int(share * (number + self._dice.uniform(0.2, 0.8))) for number in range(count)]
        self._taken = 0
        self._holding: asyncio.Task[None] | None = None
        self.begun = 0
        self.done = 0

    @property
    def holding(self) -> bool:
        """Whether it holds on now."""
        return self._holding is not None and not self._holding.done()

    def sent(self) -> None:
        """Somebody is about to send an answer."""
        if self._at and self._taken >= self._at[0] and not self.holding and not self._busy():
            self._at.pop(0)
            self._holding = asyncio.create_task(self._holds(self._dice.uniform(*self._between)))

    def taken(self) -> None:
        """A receipt has just arrived."""
        self._taken += 1

    async def over(self) -> None:
        """Waits until it has let go, if it holds on. Raises what holding raised."""
        if self._holding is not None:
            await self._holding

    async def _holds(self, seconds: float) -> None:
        self.begun += 1
        self._tell(f"{self._what} for {seconds:.1f} s")
        await asyncio.to_thread(self._hold, seconds)
        self.done += 1


def holds_sqlite(path: str, pause: Callable[[float], None] = time.sleep) -> Callable[[float], None]:
    """For the file of this name."""

    def hold(seconds: float) -> None:
        connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            pause(seconds)
            connection.execute("ROLLBACK")
        finally:
            connection.close()

    return hold


def holds_postgresql(address: str) -> Callable[[float], None]:
    """For all tables of the database at this address."""
    import psycopg
    from psycopg import sql

    def hold(seconds: float) -> None:
        with psycopg.connect(address) as connection:
            # Oldest first, as the bot writes them: in another order the two would wait for each other.
            oldest_first = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            named = connection.execute(f"{oldest_first} ORDER BY oid").fetchall()
            tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in named)
            connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(tables))
            time.sleep(seconds)
            connection.rollback()

    return hold


def freezes(bots: Sequence[BotProcess], seed: int) -> Callable[[float], None]:
    """For one instance or another: it gets no instruction, and its connections stay open."""
    dice = Random(f"freezes {seed}")

    def hold(seconds: float) -> None:
        bot = dice.choice([bot for bot in bots if bot.running])
        bot.freeze()
        time.sleep(seconds)
        bot.thaw()

    return hold
