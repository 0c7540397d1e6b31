"""How long the bot's loop keeps those waiting who ask it for nothing. It asks over HTTP, as a supervisor would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import aiohttp

ASKS_EVERY = 0.2
"""Seconds between two questions to an instance."""
HOLDS = 0.02
"""Seconds between two looks at how long this very program was held up: that is none of the bot's doing."""
LIMIT = 10.0
"""Seconds after which nobody waits any longer."""


class Pulse:
    """Asks every instance that runs for its health until it is cancelled. One that was killed or is not up yet does not
    count: it breaks the connection, or takes none."""

    def __init__(self, urls: Sequence[str], limit: float = LIMIT) -> None:
        """`urls` are where the instances are; nobody waits longer than `limit` seconds for an answer."""
        self.standstills: Callable[[], int] = lambda: 0
        """How many standstills on purpose have begun and how many have ended, together: odd during one."""
        self._urls = urls
        self._limit = limit
        self.longest = 0.0
        """Seconds."""
        self.asked = 0
        self._held_up = 0.0

    async def run(self) -> None:
        """Goes on until cancelled."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            group.create_task(self._watches_itself())
            for url in self._urls:
                group.create_task(self._asks(session, f"{url}/healthz"))

    async def _watches_itself(self) -> None:
        """Adds up how long the loop of this program was late."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(HOLDS)
            self._held_up += loop.time() - began - HOLDS

    async def _asks(self, session: aiohttp.ClientSession, url: str) -> None:
        loop, limit = asyncio.get_running_loop(), aiohttp.ClientTimeout(total=self._limit)
        while True:
            held_up, began, before = self._held_up, loop.time(), self.standstills()
            try:
                async with session.get(url, timeout=limit) as answer:
                    await answer.read()
            except TimeoutError:
                self._took(loop.time() - began, before)
            except aiohttp.ClientError:
                pass
            else:
                self._took(loop.time() - began - (self._held_up - held_up), before)
            await asyncio.sleep(ASKS_EVERY)

    def _took(self, seconds: float, before: int) -> None:
        self.asked += 1
        if self.standstills() == before and before % 2 == 0:
            self.longest = max(self.longest, seconds)
