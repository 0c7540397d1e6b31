"""Bad minutes by chance: the Connector dead or slow, keys rotated, the metadata host down, clocks apart."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from rehearsal.faults import Faults
from rehearsal.keys import Keys

BETWEEN = (1.0, 4.0)
"""Seconds between two outages."""
SKEW = 240.0
"""Seconds that clocks are apart; Microsoft's own validation forgives five minutes."""


class Outages:
    """One after the other, in an order that the seed decides, until it is cancelled; then all is well again."""

    def __init__(self, faults: Faults, keys: Keys, tell: Callable[[str], None]) -> None:
        self._faults = faults
        self._keys = keys
        self._tell = tell
        self._dice = Random(f"outages {faults.seed}")

    async def run(self) -> None:
        """Goes on until cancelled."""
        sorts: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("the Connector is dead", self._dead), ("the Connector is slow", self._slow),
            ("the signing key is another", self._rotated), ("the metadata host is down", self._no_keys),
            ("the clocks are apart", self._skewed),
        ]
        try:
            while True:
                self._dice.shuffle(sorts)
                for what, happens in sorts:
                    await asyncio.sleep(self._dice.uniform(*BETWEEN))
                    self._tell(what)
                    self._faults.counted[what] += 1
                    await happens()
        finally:
            self._faults.dead, self._faults.slow, self._faults.no_keys, self._keys.skew = False, 0.0, False, 0.0

    async def _dead(self) -> None:
        self._faults.dead = True
        await asyncio.sleep(self._dice.uniform(0.5, 3))
        self._faults.dead = False

    async def _slow(self) -> None:
        self._faults.slow = 3.0
        await asyncio.sleep(self._dice.uniform(1, 4))
        self._faults.slow = 0.0

    async def _rotated(self) -> None:
        self._keys.rotate()

    async def _no_keys(self) -> None:
        """Down while everything is signed with keys that are known: nobody should notice."""
        self._faults.no_keys = True
        await asyncio.sleep(self._dice.uniform(1, 4))
        self._faults.no_keys = False

    async def _skewed(self) -> None:
        self._keys.skew = self._dice.choice((-SKEW, SKEW))
        await asyncio.sleep(self._dice.uniform(1, 4))
        self._keys.skew = 0.0
