"""One timer for all who wait equally long: a timer each costs more than most of what is waited for. Changes nothing."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol


class Waiting(Protocol):
    """Somebody who waits."""

    def done(self) -> bool:
        """Whether it has come."""

    def lose(self) -> None:
        """It did not come in time. Called at most once, and not after it was done."""


class Patience:
    """All have the same patience, so who came first loses it first. For one event loop at a time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: deque[tuple[float, Waiting]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        """In which a timer is set."""

    def watch(self, waiting: Waiting) -> None:
        """Let them lose patience when it is time, unless it is done by then."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._seconds
        while self._waiting and self._waiting[0][1].done():
            self._waiting.popleft()
        self._waiting.append((until, waiting))
        if self._loop is not loop:  # a timer that is set comes early enough: whoever is new waits longest
            self._loop = loop
            loop.call_at(until, self._due)

    def _due(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._waiting and (self._waiting[0][0] <= now or self._waiting[0][1].done()):
            _, waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.lose()
        if self._waiting:
            loop.call_at(self._waiting[0][0], self._due)
        else:
            self._loop = None
