"""Keeps what is posted equal to what is stored: nothing is ever "sent", a board is made so. It changes no workshop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.adapter import bug
from bot.drawn import Pictures, drawn_of
from bot.leases import EDIT, Alone, Hold, Leases, Lost
from bot.metrics import Lag, Metrics
from bot.teams import Address, Gone, Priority, Refused, Retry, Teams, Unknown, card_activity
from workshop.service import Reader
from workshop.tally import Board, board_of
from workshop.views import Pointer
from workshop.wall import Hung, wall

log = logging.getLogger("kolbot.publisher")

EVERY = timedelta(seconds=2)
"""The board of a conversation is edited at most this often (Teams' sustained budget is one message in 2 s)."""
SETTLING = timedelta(seconds=45)
"""An edit whose outcome is not known may land this late, after its successor: what was put then is put once more."""
SETTLED = 2.0
"""Seconds between two looks whether it is over."""
SWEEP = 1.0
"""Seconds between two looks for boards that are behind."""


class Posted(Protocol):
    """One message that was posted, or was about to be."""

    @property
    def slot(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def activity_id(self) -> str | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def generation(self) -> int:
        """How often it was posted anew because nobody knew what had become of it; 1 at first."""

    @property
    def at(self) -> datetime: ...


class Posts(Protocol):
    """What is posted where, kept across restarts."""

    async def posts_of(self, workshop_id: str) -> Sequence[Posted]: ...
    async def intend(self, workshop_id: str, slot: str, now: datetime) -> Posted: ...
    async def posted(
        self, workshop_id: str, slot: str, activity_id: str, digest: str, revision: int, now: datetime
    ) -> None: ...
    async def unknown(self, workshop_id: str, slot: str, now: datetime) -> None: ...
    async def gone(self, workshop_id: str, slot: str, now: datetime) -> None: ...
    async def behind(self, since: datetime | None = None) -> Sequence[str]: ...
    async def published(self, workshop_id: str, revision: int) -> None: ...


class Place(Protocol):
    """Where a conversation is reached."""

    @property
    def service_url(self) -> str: ...
    @property
    def tenant(self) -> str: ...
    @property
    def bot_id(self) -> str: ...


class Addresses(Protocol):
    async def address(self, key: str) -> Place | None: ...


class Publisher:
    """One board at a time, one edit in flight per conversation, the newest state wins."""

    def __init__(
        self,
        reader: Reader,
        posts: Posts,
        addresses: Addresses,
        teams: Teams,
        pictures: Pictures,
        clock: Callable[[], datetime],
        metrics: Metrics | None = None,
        ticked: Callable[[], None] = lambda: None,
        leases: Leases | None = None,
        instance: str = "",
    ) -> None:
        """`clock` gives UTC; `ticked` is told of each round; `instance` names this process in `leases`."""
        self._metrics = metrics or Metrics()
        self._ticked = ticked
        self._lag = Lag(clock)
        self._metrics.watch_lag(self._lag.seconds)
        self._reader = reader
        self._posts = posts
        self._addresses = addresses
        self._teams = teams
        self._pictures = pictures
        self._clock = clock
        self._wake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._not_before: dict[str, datetime] = {}
        self._paced: dict[str, datetime] = {}
        self._board_after: dict[str, datetime] = {}
        self._seen = clock()
        self._leases = leases or Alone()
        self._instance = instance
        self._holds: dict[str, Hold] = {}
        # What was put last into a message that an earlier edit may still overtake, by workshop and slot.
        self._put: dict[tuple[str, str], str] = {}

    def nudge(self, workshop_id: str, urgent: bool) -> None:
        """Something has changed: look soon. Urgent is what people wait for, a new step; an answer can wait for the
        board's pace. Missing a nudge costs a sweep, never a board."""
        if urgent:
            self._paced.pop(workshop_id, None)
        if urgent or (workshop_id not in self._running and self._paced.get(workshop_id) is None):
            self._wake.set()

    async def run(self) -> None:
        """Tick whenever nudged, and at every sweep."""
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - a database that is away comes back, and boards are made equal then
                bug(error)
            try:
                async with asyncio.timeout(SWEEP):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Start making equal every workshop that is behind and not being worked on."""
        self._wake.clear()
        now = self._clock()
        if now < self._seen:  # the clock was put back: waits that were measured by it mean nothing any more
            for waits in (self._not_before, self._paced, self._board_after):
                waits.clear()
        self._seen = now
        behind = await self._posts.behind(now - timedelta(days=1))
        self._lag.behind(behind, now)
        self._ticked()
        for workshop_id in behind:
            if workshop_id in self._running or max(self._waits(workshop_id, now)) > now:
                continue
            self._paced.pop(workshop_id, None)
            task = asyncio.create_task(self._guarded(workshop_id))
            self._running[workshop_id] = task
            task.add_done_callback(partial(self._ended, workshop_id))

    def _waits(self, workshop_id: str, now: datetime) -> tuple[datetime, datetime]:
        return self._not_before.get(workshop_id, now), self._paced.get(workshop_id, now)

    def _ended(self, workshop_id: str, task: asyncio.Task[None]) -> None:
        self._running.pop(workshop_id, None)

    async def settle(self) -> None:
        """Wait until what `tick` started is done."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def close(self) -> None:
        """Let edits in flight end; what is not posted is posted after the next start."""
        await self.settle()

    async def _guarded(self, workshop_id: str) -> None:
        """One workshop's trouble is no other's, and is tried again. One instance at a time: it gives the workshop back
        when the next edit may be made, so that they keep the pace together."""
        hold = self._holds[workshop_id] = Hold(self._leases, f"wall:{workshop_id}", self._instance, self._clock)
        try:
            before = await hold.take()
            if before is None:
                self._lag.elsewhere(workshop_id)
                self._look_again(workshop_id, SWEEP)
                return
            if before:
                await self._doubt(workshop_id)
            await self._make_equal(workshop_id)
        except Lost:
            self._look_again(workshop_id, SWEEP)
        except Retry as later:
            self._later(workshop_id, timedelta(seconds=later.after))
        except Exception as error:  # noqa: BLE001 - the loop has to outlive whatever one board does
            self._metrics.bug()
            bug(error)
            self._later(workshop_id, timedelta(seconds=10))
        try:
            now = self._clock()
            await hold.give_back(max(*self._waits(workshop_id, now), self._board_after.get(workshop_id, now)))
        except Exception as error:  # noqa: BLE001 - then it runs out
            self._metrics.bug()
            bug(error)

    async def _doubt(self, workshop_id: str) -> None:
        """An instance died at this: what it was sending may still land, after what is put now."""
        for post in await self._posts.posts_of(workshop_id):
            if post.state == "posted":
                await self._posts.unknown(workshop_id, post.slot, self._clock())

    def _look_again(self, workshop_id: str, seconds: float) -> None:
        """After so long, or as soon as something urgent has changed."""
        self._paced[workshop_id] = self._clock() + timedelta(seconds=seconds)

    def _later(self, workshop_id: str, wait: timedelta) -> None:
        self._not_before[workshop_id] = self._clock() + wait

    async def _make_equal(self, workshop_id: str) -> None:
        asked = self._clock()
        read = await self._reader.answers(workshop_id)
        if read is None:
            return
        workshop, answers = read
        place = await self._addresses.address(workshop.home)
        if place is None:
            self._later(workshop_id, timedelta(seconds=30))
            return
        address = Address(place.service_url, workshop.home, place.tenant, place.bot_id)
        board = await asyncio.to_thread(board_of, workshop, answers)
        rows = {post.slot: post for post in await self._posts.posts_of(workshop_id)}
        whole, paced = True, [0]
        for hung in wall(board):
            whole = await self._hang(address, board, hung, rows.get(hung.slot), paced) and whole
        if paced[0]:
            self._board_after[workshop_id] = self._clock() + EVERY * paced[0]
        if whole:
            await self._posts.published(workshop_id, workshop.revision)
            self._lag.caught_up(workshop_id, asked)

    async def _hang(self, address: Address, board: Board, hung: Hung, post: Posted | None, paced: list[int]) -> bool:
        """Make one message so; whether it surely is. `paced` counts the edits that can wait."""
        now, workshop = self._clock(), board.workshop
        if isinstance(hung.view, Pointer) and (post is None or post.activity_id is None):
            return True
        if post is not None and post.state == "gone":
            return True
        unsettled = post if post is not None and post.state == "unknown" and now < post.at + SETTLING else None
        if unsettled and unsettled.activity_id is None:
            self._look_again(workshop.id, SETTLED)
            return False
        anew = post is not None and (post.activity_id is None or post.generation > 1)
        drawn = await drawn_of(self._pictures, board, hung.view, anew)
        if post is not None and post.state == "posted" and post.digest == drawn.digest:
            return True
        key = (workshop.id, hung.slot)
        if unsettled and self._put.get(key, unsettled.digest) == drawn.digest:
            self._look_again(workshop.id, SETTLED)  # until it is put once more
            return False
        if not hung.urgent:
            if self._board_after.get(workshop.id, now) > now:
                self._paced[workshop.id] = self._board_after[workshop.id]
                return False
            paced[0] += 1
        content, priority = card_activity(await drawn.make()), Priority.STAGE if hung.urgent else Priority.BOARD
        if hold := self._holds.get(workshop.id):
            await hold.lasts()
        try:
            if post is None or post.activity_id is None:
                await self._posts.intend(workshop.id, hung.slot, now)
                activity_id = await self._teams.send(address, content, deadline=EDIT, priority=priority)
            else:
                activity_id = post.activity_id
                sure = await self._teams.edit(address, activity_id, content, deadline=EDIT, priority=priority)
                if not sure or unsettled:
                    # Shown now, and put once more when whatever was on its way has landed.
                    self._put[key] = drawn.digest
                    if not sure:
                        await self._posts.unknown(workshop.id, hung.slot, self._clock())
                    self._look_again(workshop.id, SETTLED)
                    return False
        except Unknown:
            self._put.pop(key, None)
            await self._posts.unknown(workshop.id, hung.slot, self._clock())
            self._look_again(workshop.id, SETTLED)
            return False
        except Gone as gone:
            log.warning("a post is gone: %s", gone.code)
            await self._posts.gone(workshop.id, hung.slot, self._clock())
            return True
        except Refused as refused:
            log.error("Teams refused a card (%s %s): slot %s", refused.status, refused.code, hung.slot.split(":")[0])
            self._later(workshop.id, timedelta(minutes=1))
            return False
        self._metrics.posted(hung.slot, "edit" if post is not None and post.activity_id else "post")
        self._put.pop(key, None)
        await self._posts.posted(workshop.id, hung.slot, activity_id, drawn.digest, workshop.revision, self._clock())
        return True
