"""Kills the bot while answers are on their way to it, and starts it again. It never touches the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Protocol

LATEST = 0.05
"""Seconds after somebody pressed at which the bot is killed at the latest: before, while and after it stores."""


class Instance(Protocol):
    """One bot as it is killed and started."""

    @property
    def log(self) -> Path: ...
    @property
    def running(self) -> bool: ...
    def kill(self) -> None: ...
    async def gone(self) -> None: ...
    async def start(self) -> None: ...


class Kills:
    """`count` kills at seeded moments, spread over the first `answers` that are acknowledged; `for_good` more end them,
    after which an instance is not started again.

    Every other one, beginning with the first, strikes at the very moment a receipt arrives, and that instance which
    gave it (`gave` says its number): what the receipt says has to be on the disk by then. The others strike any
    instance while an answer is on its way, be it while another is away; none strikes while something else is `busy`.
    """

    def __init__(
        self, bots: Sequence[Instance], count: int, answers: int, seed: int, tell: Callable[[str], None],
        *, for_good: int = 0, gave: Callable[[], int] = lambda: 0, busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._bots = bots
        self._count = count
        self._gave = gave
        self._busy = busy
        self._tell = tell
        self._dice = Random(f"kills {seed}")
        share = answers / max(count + for_good, 1)
        self._at = [int(share * (number + self._dice.uniform(0.1, 0.9))) for number in range(count + for_good)]
        self._taken = 0
        self._on_receipt = False
        self._striking: dict[int, asyncio.Task[None]] = {}
        self._struck = 0
        self.done = 0
        self.died = 0
        """Instances that were not started again."""

    @property
    def left(self) -> int:
        """Kills still to come."""
        return len(self._at) + self._on_receipt

    @property
    def striking(self) -> bool:
        """Whether an instance is being killed, or is not back yet."""
        return self._on_receipt or not all(task.done() for task in self._striking.values())

    def sent(self) -> None:
        """Somebody is about to send an answer."""
        there = [number for number in range(len(self._bots)) if self._is_there(number)]
        if self._at and self._taken >= self._at[0] and there and not self._on_receipt and not self._busy():
            self._at.pop(0)
            if self._struck % 2:
                self._begins(self._dice.choice(there), LATEST)
            else:
                self._on_receipt = True

    def taken(self) -> None:
        """A receipt has just arrived."""
        self._taken += 1
        number = self._gave()
        if self._on_receipt and self._is_there(number) and not self._busy():
            self._on_receipt = False
            self._bots[number].kill()
            self._begins(number, 0.0)

    async def over(self) -> None:
        """Waits until those that are away are back. Raises BotFailed if one does not come back."""
        await asyncio.gather(*self._striking.values())

    def _is_there(self, number: int) -> bool:
        return self._bots[number].running and (number not in self._striking or self._striking[number].done())

    def _begins(self, number: int, later: float) -> None:
        last = self._struck >= self._count
        self._struck += 1
        self._striking[number] = asyncio.create_task(self._strikes(self._bots[number], later, last))

    async def _strikes(self, bot: Instance, later: float, for_good: bool) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._dice.uniform(0, later))
        began = loop.time()
        bot.kill()
        await bot.gone()
        if for_good:
            self.died += 1
            self._tell(f"{bot.log.stem} is dead for good after {self._taken} answers")
            return
        await bot.start()
        self.done += 1
        self._tell(
            f"kill -9 number {self.done} ({bot.log.stem}) after {self._taken} answers; "
            f"back in {loop.time() - began:.1f} s"
        )
