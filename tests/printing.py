"""The press of a whole test run: one process that has its fonts, where each bot would start one for its one picture."""

from __future__ import annotations

import asyncio
import functools

from drawings.press import Press


class Lent(Press):
    """A press for the bots of one test after another, each in an event loop of its own. It starts with the first
    picture that is wanted; tests of the press itself and of warming it have their own."""

    def __init__(self) -> None:
        super().__init__()
        self._here: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None

    async def warm(self) -> None:
        """Nobody waits for it: most sessions end before there is a picture."""

    async def png(self, svg: str, width: int) -> bytes:
        """In turn, as ever; the press's own turns are for one event loop only."""
        loop = asyncio.get_running_loop()
        if self._here is None or self._here[0] is not loop:
            self._here = (loop, asyncio.Lock())
        async with self._here[1]:
            return await super().png(svg, width)


@functools.cache
def lent() -> Press:
    """The one of this process; it ends with it."""
    return Lent()
