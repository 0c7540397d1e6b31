"""What an instance knows of the others on its database: how many, and what people told them. It posts nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.adapter import bug
from bot.budgets import Budgets

log = logging.getLogger("kolbot.presence")

EVERY = 1.0
"""Seconds between two looks."""
COUNTED = timedelta(seconds=5)
"""An instance counts this long after its last sign of life: its calls use up Teams' budgets for a while yet."""
HEARD = timedelta(seconds=10)
"""Choices of language are looked for this far back: clocks of machines may differ, and a look may fail."""


class Beats(Protocol):
    """The signs of life of all instances."""

    async def since(self, instant: datetime) -> Sequence[str]: ...


class Choices(Protocol):
    """Who has chosen a language lately."""

    async def chosen_since(self, instant: datetime) -> Mapping[str, str]: ...


class Listeners(Protocol):
    """Who wants to know of it."""

    def heard(self, chosen: Mapping[str, str]) -> None: ...


class Presence:
    """Together, all instances keep the budgets that Teams gives to one bot: each takes its part."""

    def __init__(
        self,
        instance: str,
        beats: Beats,
        budgets: Budgets,
        choices: Choices,
        people: Listeners,
        clock: Callable[[], datetime],
        away: tuple[type[Exception], ...] = (),
    ) -> None:
        """`instance` names this process; `clock` gives UTC; `away`: what the store raises while it cannot be had."""
        self._away = away
        self._instance = instance
        self._beats = beats
        self._budgets = budgets
        self._choices = choices
        self._people = people
        self._clock = clock

    @property
    def instances(self) -> int:
        """How many there were at the last look."""
        return self._budgets.instances

    async def tick(self) -> None:
        """Count the instances, this one too, and hear what people told the others."""
        now = self._clock()
        alive = {self._instance, *await self._beats.since(now - COUNTED)}
        self._budgets.shared_by(len(alive))
        if len(alive) > 1:
            self._people.heard(await self._choices.chosen_since(now - HEARD))

    async def run(self) -> None:
        """Tick every second. While the database is away, what was known last holds."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look may succeed
                if isinstance(error, self._away):
                    log.warning("the other instances cannot be seen: %s", type(error).__name__)
                else:
                    bug(error)
            await asyncio.sleep(EVERY)
