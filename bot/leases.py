"""One instance at a time makes a conversation's messages equal: for how long, and what follows when one has died."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

EDIT = 4.0
"""Seconds that one call to Teams may take, with its retries, under a lease. An edit that takes longer is in doubt and
put again: so the board is right soon after Teams has come back."""
LEASE = 20.0
"""Seconds that a lease lasts: longer than a call, by more than the clocks of two machines differ. It is followed sooner
where its holder gives no sign of life (`store/leases.py`)."""
ENOUGH = 1.0
"""Seconds after which a lease is made longer before the next call: so it outlasts that call, and who was stalled so
long that others took it for dead finds it lost."""
LONGEST_PAUSE = timedelta(seconds=60)
"""However long one instance has been told to wait, another may try after this."""


class Lost(Exception):
    """Another instance has the lease now: stop, and leave the rest to it."""


class Leases(Protocol):
    """What instances on one database agree by."""

    async def follow(self, name: str, holder: str, now: datetime, seconds: float) -> str | None: ...
    async def give_back(self, name: str, holder: str, at: datetime) -> None: ...
    async def silent(self, instance: str, now: datetime) -> bool: ...


class Alone:
    """Nobody else is there."""

    async def follow(self, name: str, holder: str, now: datetime, seconds: float) -> str | None:
        """Always had."""
        return ""

    async def give_back(self, name: str, holder: str, at: datetime) -> None:
        """Nobody waits for it."""

    async def silent(self, instance: str, now: datetime) -> bool:
        """Whoever else was there is not any more."""
        return True


class Hold:
    """One lease, while something is done under it."""

    def __init__(self, leases: Leases, name: str, holder: str, clock: Callable[[], datetime]) -> None:
        self._leases = leases
        self._name = name
        self._holder = holder
        self._clock = clock
        self._taken: datetime | None = None

    async def take(self) -> str | None:
        """Whose lease ran out without being given back, "" where nobody's did; None where somebody else has it."""
        now = self._clock()
        before = await self._leases.follow(self._name, self._holder, now, LEASE)
        self._taken = None if before is None else now
        return before

    async def lasts(self) -> None:
        """See to it that the lease outlasts the call that follows. Raises `Lost`, also where it ran out meanwhile:
        whatever was read under it may be old."""
        held = self._clock() - self._taken if self._taken is not None else timedelta.max
        if held >= timedelta(seconds=LEASE) or (held > timedelta(seconds=ENOUGH) and await self.take() is None):
            raise Lost

    async def give_back(self, at: datetime) -> None:
        """Others may have it from then on; nothing happens where it is not had."""
        if self._taken is not None:
            now = self._clock()
            await self._leases.give_back(self._name, self._holder, min(max(at, now), now + LONGEST_PAUSE))
