"""Draws the pages of large workshops in a process of its own, which reads for itself: while it draws, nobody's answer
has to wait for Python's one lock. It asks nobody's rights: whose page it is was asked before, and is asked after."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime

from drawings.worker import Worker, WorkerLost
from web.opened import Drawn, Options, Page, Seen
from web.sorts import sorts
from workshop.model import Answer, Workshop
from workshop.passes import Pass

log = logging.getLogger("kolbot.web")

Reads = Callable[[str], tuple[Workshop, tuple[Answer, ...]] | None]
"""A workshop with its answers, read together, without the event loop."""
Wanted = Mapping[Hashable, tuple[Pass, Options]]
"""By what all who see the same have in common, one of them."""

PATIENCE = 20.0
"""Seconds for one round of drawings: a process that takes longer hangs."""
NICE = 5
"""How much it gives way where there are not cores enough."""
AGAIN = 60.0
"""Seconds after a process could not be started, or was lost, until the next attempt."""
REST = 600.0
"""Seconds without a page after which the process is ended: it holds memory."""
KEPT = 64
"""Drawings that the process keeps, to say what differs from them."""


class Easel:
    """Started when the first pages are heavy to draw; until it is there, and where it is lost, they are drawn as all
    others are."""

    def __init__(self, opens: Callable[[], Reads]) -> None:
        """`opens`, a function of a module (or a partial of one), is called in the process."""
        self._worker = Worker(_begin, opens, timeout=PATIENCE, nice=NICE)
        self._starting: asyncio.Task[None] | None = None
        self._not_before = 0.0
        self._drew = 0.0
        self.rest_after = REST
        self.drawings = 0
        """How often something was drawn here."""

    @property
    def process(self) -> int | None:
        """The process' id while there is one."""
        return self._worker.process

    def ready(self) -> bool:
        """Whether it can draw now; else it is started, and nobody waits for that."""
        if self._starting is not None:
            return False
        if self._worker.process is not None:
            return True
        if asyncio.get_running_loop().time() >= self._not_before:
            self._starting = asyncio.create_task(self._starts())
        return False

    async def draw(
        self, workshop_id: str, at: datetime, wanted: Wanted
    ) -> tuple[int, dict[Hashable, Drawn], float] | None:
        """Of which revision the drawings are, they, and the CPU that they took, s; nothing where there is no such
        workshop any more. `at` in UTC. Raises `WorkerLost`, and what reading and drawing raise."""
        self._drew = asyncio.get_running_loop().time()
        try:
            made = await self._worker.do(_draw, workshop_id, at, list(wanted.items()))
        except WorkerLost:
            self._not_before = asyncio.get_running_loop().time() + AGAIN
            raise
        if made is None:
            return None
        revision, drawn, took = made
        self.drawings += len(drawn)
        return revision, dict(zip(wanted, drawn, strict=True)), took

    async def rest(self) -> None:
        """No page is open now: when that has been so for a while, the process is ended until it is needed again."""
        long = asyncio.get_running_loop().time() - self._drew >= self.rest_after
        if long and self._starting is None and self._worker.process is not None:
            await self._worker.rest()

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()
        await self.started()

    async def started(self) -> None:
        """Wait until a start that is under way is over, in whatever way."""
        if self._starting is not None:
            await asyncio.gather(self._starting, return_exceptions=True)

    async def _starts(self) -> None:
        try:
            await self._worker.warm()
        except Exception as error:  # noqa: BLE001 - whatever it is: pages are drawn without it
            why = str(error) if isinstance(error, WorkerLost) else type(error).__name__
            log.warning("pages are drawn by the server itself: %s", why)
            self._not_before = asyncio.get_running_loop().time() + AGAIN
        finally:
            self._starting = None


# What follows runs in the process.

_reads: list[Reads] = []
_pages: dict[str, Page] = {}
_drawn: OrderedDict[tuple[str, Hashable], Drawn] = OrderedDict()


def _begin(folder: str, opens: Callable[[], Reads]) -> None:
    _reads.append(opens())
    _pages.update(sorts())
    gc.collect()
    gc.freeze()


def _draw(
    workshop_id: str, at: datetime, wanted: Sequence[tuple[Hashable, tuple[Pass, Options]]]
) -> tuple[int, list[Drawn], float] | None:
    began = time.process_time()
    read = _reads[0](workshop_id)
    if read is None:
        return None
    seen = Seen(*read, at)
    drawn = [_one(seen, key, given, options) for key, (given, options) in wanted]
    return seen.workshop.revision, drawn, time.process_time() - began


def _one(seen: Seen, key: Hashable, given: Pass, options: Options) -> Drawn:
    name = (seen.workshop.id, key)
    parts = _pages[given.page].draw(seen, given, options)
    drawn = _drawn[name] = Drawn(parts, seen.workshop.revision, _drawn.pop(name, None))
    if len(_drawn) > KEPT:
        _drawn.popitem(last=False)
    return drawn
