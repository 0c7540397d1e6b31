"""Kills the bot while answers are on their way to it, and starts it again. It never touches the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from rehearsal.bot_process import BotProcess

LATEST = 0.05
"""Seconds after somebody pressed at which the bot is killed at the latest: before, while and after it stores."""


class Kills:
    """`count` kills at seeded moments, spread over the first `sends` answers that are sent.

    Every other one, beginning with the first, strikes at the very moment a receipt arrives: what the receipt says has
    to be on the disk by then. The others strike while an answer is on its way.
    """

    def __init__(self, bot: BotProcess, count: int, sends: int, seed: int, tell: Callable[[str], None]) -> None:
        self._bot = bot
        self._tell = tell
        self._dice = Random(f"kills {seed}")
        share = sends / max(count, 1)
        self._at = [int(share * (number + self._dice.uniform(0.1, 0.9))) + 1 for number in range(count)]
        self._sent = 0
        self._on_receipt = False
        self._striking: asyncio.Task[None] | None = None
        self.done = 0

    @property
    def left(self) -> int:
        """Kills still to come."""
        return len(self._at) + self._on_receipt

    def sent(self) -> None:
        """Somebody is about to send an answer."""
        if self._striking is not None and not self._striking.done():
            return  # pressing again while the bot is away brings no kill nearer
        self._sent += 1
        if self._at and self._sent >= self._at[0] and not self._on_receipt:
            self._at.pop(0)
            if self.done % 2:
                self._striking = asyncio.create_task(self._strikes(self._dice.uniform(0, LATEST)))
            else:
                self._on_receipt = True

    def taken(self) -> None:
        """A receipt has just arrived."""
        if self._on_receipt:
            self._on_receipt = False
            self._bot.kill()
            self._striking = asyncio.create_task(self._strikes(0.0))

    async def over(self) -> None:
        """Waits until the bot is back, if it is away. Raises BotFailed if it does not come back."""
        if self._striking is not None:
            await self._striking

    async def _strikes(self, later: float) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(later)
        began = loop.time()
        self._bot.kill()
        await self._bot.gone()
        await self._bot.start()
        self.done += 1
        self._tell(f"kill -9 number {self.done} after {self._sent} answers sent; back in {loop.time() - began:.1f} s")
