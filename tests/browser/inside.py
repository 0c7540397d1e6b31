"""A room with the whole bot in this process, in a thread of its own, for browsers to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.chat import Session, session

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds for anything that somebody does in it."""


class Inside:
    """The session, and its loop: Playwright has one of its own in the test's thread."""

    def __init__(self, room: Session, loop: asyncio.AbstractEventLoop) -> None:
        self.room = room
        self._loop = loop

    @property
    def address(self) -> str:
        """Where a browser finds the room."""
        return self.room.room.url

    def does(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def posts(self) -> None:
        """Let the bot bring up to date what it has posted: here it does that when told, not as time passes."""
        self.does(self.room.settles())

    def ends(self, event: asyncio.Event) -> None:
        """Tell its loop that nobody looks any more."""
        self._loop.call_soon_threadsafe(event.set)


@contextmanager
def inside(folder: Path, templates: Path, pages: str = "on") -> Iterator[Inside]:
    """The room, the bot in it, and its pages (or none) that follow; what goes wrong in there is raised here."""
    begun: Future[tuple[Inside, asyncio.Event]] = Future()

    async def main() -> None:
        async with session(folder, PAGES=pages, TEMPLATES=str(templates)) as room:
            live = asyncio.create_task(room.bot.site.live.run())
            ended = asyncio.Event()
            begun.set_result((Inside(room, asyncio.get_running_loop()), ended))
            await ended.wait()
            live.cancel()
            await asyncio.gather(live, return_exceptions=True)

    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(asyncio.run, main())
        both: tuple[Future[Any], Future[Any]] = (running, begun)
        wait(both, PATIENCE, FIRST_COMPLETED)
        if running.done():  # it could not begin
            running.result()
        opened, ended = begun.result(0)
        try:
            yield opened
        finally:
            opened.ends(ended)
        running.result(PATIENCE)
