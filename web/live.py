"""Keeps open pages equal to what is stored: drawn once for all who see the same, sent as what has changed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from drawings.worker import WorkerLost
from web.guard import TurnedAway, bug
from web.opened import Drawn, Figures, Open, Options, Page, Seen, draw_all
from web.said import No
from web.turns import Turns
from workshop.model import Answer, Workshop
from workshop.passes import Pass

log = logging.getLogger("kolbot.web")

EVERY = 0.5
"""Seconds between two drawings of the pages of one workshop at least."""
LOOK = 0.4
"""Seconds between two looks at what other instances may have changed."""
AGAIN = 10.0
"""Seconds after which a page that tells of time is drawn again though nothing has changed."""
AFTER_TROUBLE = 2.0
MANY = 1000
"""Answers from which on a workshop's pages are drawn in a process of their own."""
HEAVY = 0.06
"""Seconds of CPU for a round of drawings: after `ROUNDS` such rounds so they are too, such as dozens of consoles."""
ROUNDS = 3
TICKETS = 250
"""Tickets asked after in one look: one of a thousand that is taken back is noticed after four."""
MOST = 4000
"""Pages open in one process."""
MOST_OF_ONE = 4
"""Pages open with one ticket: the oldest makes room."""


class Reader(Protocol):
    async def workshop(self, workshop_id: str) -> Workshop | None: ...
    async def answers(self, workshop_id: str) -> tuple[Workshop, tuple[Answer, ...]] | None: ...


class Watch(Protocol):
    """What open pages hang on, whichever instance changes it."""

    async def look(self, ids: Collection[str], held: Collection[str]) -> tuple[Mapping[str, int], frozenset[str]]: ...


class Elsewhere(Protocol):
    """Draws in another process (`web.easel.Easel`)."""

    def ready(self) -> bool: ...
    async def rest(self) -> None: ...
    async def draw(
        self, workshop_id: str, at: datetime, wanted: Mapping[Hashable, tuple[Pass, Options]]
    ) -> tuple[int, dict[Hashable, Drawn], float] | None: ...


class _Room:
    """All open pages of one workshop."""

    def __init__(self) -> None:
        self.pages: list[Open] = []
        self.changed = asyncio.Event()
        self.newest: dict[Hashable, Drawn] = {}
        """What was drawn last, by what all who see the same have in common."""
        self.asked: Workshop | None = None
        """As it was when pages' rights were asked of it last."""
        self.heavy = 0
        """Rounds one after the other that were."""
        self.revision = -1
        self.drawn = 0.0
        self.task: asyncio.Task[None] | None = None


class Live:
    """All open pages of this process."""

    def __init__(
        self,
        reader: Reader,
        watch: Watch,
        clock: Callable[[], datetime],
        away: tuple[type[Exception], ...],
        elsewhere: Elsewhere,
    ) -> None:
        """`clock` gives UTC; `away`: what the store raises while it cannot be had."""
        self.elsewhere = elsewhere
        self.many = MANY
        self.heavy, self.rounds = HEAVY, ROUNDS
        """From how many answers on, or seconds of CPU so many times running, a workshop is drawn elsewhere."""
        self._reader = reader
        self._watch = watch
        self._clock = clock
        self._away = away
        self._rooms: dict[str, _Room] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._looked = 0
        self.figures = Figures()

    @property
    def open(self) -> int:
        """How many pages are open."""
        return sum(len(room.pages) for room in self._rooms.values())

    def enters(self, given: Pass, ticket: str, page: Page, options: Options) -> Open:
        """A page opens. Raises `TurnedAway` where there are too many."""
        if self._closed or self.open >= MOST:
            raise TurnedAway(No.FULL, given.language, after=5)
        room = self._rooms.setdefault(given.workshop, _Room())
        theirs = [one for one in room.pages if one.ticket == ticket]
        for oldest in theirs[: max(0, len(theirs) + 1 - MOST_OF_ONE)]:
            self._ends(room, oldest, None)
        opened = Open(given, ticket, page, options, self.figures)
        room.pages.append(opened)
        room.changed.set()
        if room.task is None:
            task = room.task = asyncio.create_task(self._keeps(given.workshop, room))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return opened

    def leaves(self, page: Open) -> None:
        """A page is closed, or its connection lost."""
        if (room := self._rooms.get(page.given.workshop)) is not None and page in room.pages:
            self._ends(room, page, None)

    def nudge(self, workshop_id: str, urgent: bool) -> None:
        """Something was changed in this process. Missing a nudge costs a look, never the truth."""
        if (room := self._rooms.get(workshop_id)) is not None:
            room.changed.set()

    async def tick(self) -> None:
        """Look for what others have changed: workshops, tickets that were taken back; and for tickets that are over."""
        if not self._rooms:
            await self.elsewhere.rest()
            return
        now = asyncio.get_running_loop().time()
        names = set(self._rooms)
        pages = self._next_of([page for room in self._rooms.values() for page in room.pages])
        revisions, held = await self._watch.look(names, {page.ticket for page in pages})
        for name in self._rooms.keys() & (names - revisions.keys()):
            self._all_end(self._rooms[name])
        for page in pages:
            over, room_of_it = page.given.until <= self._clock(), self._rooms.get(page.given.workshop)
            if (over or page.ticket not in held) and room_of_it is not None and page in room_of_it.pages:
                self._ends(room_of_it, page, No.TICKET_OVER if over else No.NO_TICKET)
        for name, room in list(self._rooms.items()):
            old = now - room.drawn >= AGAIN and any(page.page.tells_time for page in room.pages)
            if old or revisions.get(name) != room.revision:
                room.changed.set()

    def _next_of(self, pages: Sequence[Open]) -> Sequence[Open]:
        """Some of them, all in their turn."""
        start = self._looked % len(pages)
        self._looked = start + TICKETS if start + TICKETS < len(pages) else 0
        return pages[start : start + TICKETS]

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look may succeed
                self._went_wrong(error)
            await asyncio.sleep(LOOK)

    async def close(self) -> None:
        """End all streams; their pages come again, to whoever is there then."""
        self._closed = True
        tasks = list(self._tasks)
        for room in list(self._rooms.values()):
            for page in list(room.pages):
                self._ends(room, page, None)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keeps(self, workshop_id: str, room: _Room) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await room.changed.wait()
            if not room.pages:
                return
            room.changed.clear()
            room.drawn = loop.time()
            wait = EVERY
            try:
                await self._draw(workshop_id, room)
            except Exception as error:  # noqa: BLE001 - one drawing's trouble is tried again, and is no other room's
                self._went_wrong(error)
                room.changed.set()
                wait = AFTER_TROUBLE
            await asyncio.sleep(max(0.0, room.drawn + wait - loop.time()))

    async def _draw(self, workshop_id: str, room: _Room) -> None:
        if room.heavy >= self.rounds and self.elsewhere.ready():
            await self._draw_elsewhere(workshop_id, room)
            return
        read = await self._reader.answers(workshop_id)
        if (wanted := await self._wanted(room, read[0] if read else None)) is None or read is None:
            return
        seen = Seen(*read, self._clock())
        if many := len(seen.answers) >= self.many:
            self.elsewhere.ready()  # it may start while this is drawn here
        drawn, took = await asyncio.to_thread(draw_all, seen, wanted, room.newest)
        self.figures.seconds += took
        room.heavy = self.rounds if many else room.heavy + 1 if took >= self.heavy else 0
        await self._show(room, wanted, seen.workshop.revision, drawn)

    async def _draw_elsewhere(self, workshop_id: str, room: _Room) -> None:
        """What is drawn may be newer than what was asked for: then everybody's rights are asked again."""
        workshop = await self._reader.workshop(workshop_id)
        if (wanted := await self._wanted(room, workshop)) is None or workshop is None:
            return
        asked = {key: (pages[0].given, pages[0].options) for key, pages in wanted.items()}
        try:
            made = await self.elsewhere.draw(workshop_id, self._clock(), asked)
        except WorkerLost as lost:
            log.warning("pages are drawn by the server itself: %s", lost)
            made = None
        if made is None:
            room.changed.set()  # the next round sees that it is not there any more
            return
        revision, drawn, took = made
        self.figures.seconds += took
        if revision != workshop.revision:
            again = await self._wanted(room, await self._reader.workshop(workshop_id))
            if again is None:
                return
            wanted = again
        await self._show(room, wanted, revision, drawn)

    async def _wanted(self, room: _Room, workshop: Workshop | None) -> dict[Hashable, list[Open]] | None:
        """The pages by what all who see the same have in common. Those that may not see it (any more) end; None where
        there is no such workshop."""
        if workshop is None or not workshop.home:
            self._all_end(room)
            return None
        if room.asked is None or replace(room.asked, revision=workshop.revision) != workshop:
            room.asked = workshop  # more than answers has changed since
        now, turns = self._clock(), Turns()
        wanted: dict[Hashable, list[Open]] = {}
        for page in list(room.pages):
            await turns.next()
            if page.ended:
                continue
            if page.given.until <= now:
                self._ends(room, page, No.TICKET_OVER)
                continue
            if (key := page.key_in(room.asked)) is None:
                self._ends(room, page, No.NO_RIGHT)
            else:
                wanted.setdefault((page.given.page, key), []).append(page)
        return wanted

    async def _show(
        self, room: _Room, wanted: Mapping[Hashable, Sequence[Open]], revision: int, drawn: dict[Hashable, Drawn]
    ) -> None:
        room.revision, room.newest = revision, drawn
        self.figures.drawings += len(drawn)
        turns = Turns()
        for key, pages in wanted.items():
            if (newest := drawn.get(key)) is None:
                room.changed.set()  # they see something else since it was drawn
                continue
            for page in pages:
                await turns.next()
                page.shows(newest, self._clock)

    def _all_end(self, room: _Room) -> None:
        """The workshop was erased."""
        for page in list(room.pages):
            self._ends(room, page, No.ERASED)

    def _ends(self, room: _Room, page: Open, why: No | None) -> None:
        room.pages.remove(page)
        page.goes(why)
        if not room.pages:
            self._rooms.pop(page.given.workshop)
            room.changed.set()  # nothing is left to do for its task

    def _went_wrong(self, error: Exception) -> None:
        if isinstance(error, self._away):
            log.warning("pages wait for the database: %s", type(error).__name__)
        else:
            bug(error)
