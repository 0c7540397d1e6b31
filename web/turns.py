"""Long work in the event loop takes turns with all else that is to be done there. It knows nothing of the work."""

from __future__ import annotations

import asyncio

SLICE = 0.001
"""Seconds for which pages are looked after before everybody else has a turn: an answer waits for no more."""
REST = 0.001
"""Seconds of such a turn, in which who answers is not beside the pages but before them."""


class Turns:
    """One long piece of work, which asks after each small piece."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._until = self._loop.time() + SLICE

    async def next(self) -> None:
        """Go on, after the others where this has been at it for long enough."""
        if self._loop.time() >= self._until:
            await asyncio.sleep(REST)
            self._until = self._loop.time() + SLICE
