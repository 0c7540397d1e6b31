"""Keeps what is posted equal to what is stored: nothing is ever "sent", a board is made so. It changes no workshop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.adapter import bug
from bot.asks import Asks
from bot.drawn import Pictures
from bot.leases import Alone, Hold, Leases, Lost
from bot.metrics import Lag, Metrics
from bot.places import EVERY as EVERY, Addresses, Places
from bot.posted import Posts
from bot.posting import A_POST, LOOK, SOON, Posting, pause
from bot.round import Leave, Lose, Round, nobody_leaves, nobody_told
from bot.teams import Address, Retry, Teams
from bot.twins import Twins
from bot.viewers import EVERYBODY, Audience
from workshop.service import Reader
from workshop.tally import Progress
from workshop.wall import binding_of, walls

log = logging.getLogger("kolbot.publisher")

SWEEP = 1.0
"""Seconds between two looks of all instances for boards that are behind; what changed here is looked at when nudged."""
SHORTEST = 0.02
"""Seconds between two looks at least."""
AFTER_A_BUG = 10.0
"""Seconds until a board that met a bug is tried again."""
CLOSING = 4.0
"""Seconds that calls without an answer are waited for at the end."""


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
        patience: float = A_POST,
        away: tuple[type[Exception], ...] = (),
        lose: Lose = nobody_told,
        viewers: Audience = EVERYBODY,
        leave: Leave = nobody_leaves,
    ) -> None:
        """`clock` gives UTC; `ticked` is told of each sweep; `instance` names this process in `leases`; `patience`:
        seconds that a wall waits for a first post; `away`: what the store raises while it cannot be had; `lose` is told
        of a group's conversation in which nothing can be posted, `leave` of a workshop's; `viewers`: who reads
        the cards."""
        self._metrics = metrics or Metrics()
        self._ticked = ticked
        self._lag = Lag(clock)
        self._metrics.watch_lag(self._lag.seconds)
        self._reader = reader
        self._posts = posts
        self._addresses = addresses
        self._pictures = pictures
        self._clock = clock
        self._leases = leases or Alone()
        self._instance = instance
        self._away = away
        self._wake = asyncio.Event()
        self._running: dict[str, asyncio.Task[None]] = {}
        self._warming: asyncio.Task[None] | None = None
        # Workshops to be looked at; of these, those with a new step.
        self._dirty: set[str] = set()
        self._urgent: set[str] = set()
        # Before these instants: nothing is done; nothing but what is urgent; nobody does anything.
        self._not_before: dict[str, datetime] = {}
        self._paced: dict[str, datetime] = {}
        self._closed: dict[str, datetime] = {}
        self._asks = Asks(clock)
        self._lose, self._viewers = lose, viewers
        self._seen, self._holds = clock(), dict[str, Hold]()
        self._twins = Twins(teams)
        self._posting = posting = Posting(
            posts, teams, pictures, self._leases, clock, instance, self._metrics,
            lambda workshop_id: self.nudge(workshop_id, True), self._twins.pressed, patience, lose, viewers, leave,
            self._asks,
        )  # fmt: skip
        self._places = Places(posting, self._twins, clock)

    def nudge(self, workshop_id: str, urgent: bool) -> None:
        """Something has changed: look soon. Urgent is what people wait for, a new step; an answer can wait for the
        board's pace. Missing a nudge costs a sweep, never a board."""
        news = urgent or workshop_id not in self._dirty
        self._dirty.add(workshop_id)
        if urgent:
            self._urgent.add(workshop_id)
            self._paced.pop(workshop_id, None)
        if news and workshop_id not in self._running:
            self._wake.set()

    def pressed(self, workshop_id: str, slot: str, name: str, place: str, own: bool = False) -> None:
        """A button was pressed of message `name` in the conversation `place`, which says that it hangs in this slot, or
        (`own`) a client asked for its own view. Anything can be made up: only what has been read is believed."""
        workshop = self._reader.known(workshop_id)
        if workshop is None:
            return
        number = binding_of(slot)
        places = dict(enumerate(binding.place for binding in workshop.bindings))
        there = workshop.home if number is None else places.get(number)
        if there != place:
            return
        if own:
            self._asks.heard(workshop, slot)
        if self._twins.pressed(workshop_id, slot, name):
            self.nudge(workshop_id, False)

    async def run(self) -> None:
        """Look whenever nudged, and sweep."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - a database that is away comes back, and boards are made equal then
                self._went_wrong(error)
            ends = loop.time() + SWEEP
            while (left := ends - loop.time()) > 0:
                try:
                    async with asyncio.timeout(min(left, self._soonest())):
                        await self._wake.wait()
                except TimeoutError:
                    pass
                self.look()

    async def tick(self) -> None:
        """Ask the store which workshops are behind, whoever changed them, and start on those."""
        now = self._clock()
        if now < self._seen:  # the clock was put back: waits that were measured by it mean nothing any more
            for waits in (self._not_before, self._paced):
                waits.clear()
            self._places.clock_put_back()
        self._seen = now
        behind = await self._posts.behind(now - timedelta(days=1))
        left = await self._posts.marked(now - timedelta(hours=1)) if self._asks.left(now) else ()
        self._dirty |= {each for each in (*behind, *left) if each not in self._running}
        self._dirty |= self._twins.waiting | self._asks.to_look_at(now)
        self._lag.behind(behind, now)
        self._ticked()
        self.look()

    def look(self) -> None:
        """Start making equal every workshop that may be behind and is not being worked on, or waiting."""
        self._wake.clear()
        now = self._clock()
        for workshop_id in sorted(self._dirty - self._running.keys()):
            if self._due(workshop_id, now) > now:
                continue
            self._paced.pop(workshop_id, None)
            self._dirty.discard(workshop_id)
            self._urgent.discard(workshop_id)
            task = asyncio.create_task(self._guarded(workshop_id))
            self._running[workshop_id] = task
            task.add_done_callback(partial(self._ended, workshop_id))

    def _due(self, workshop_id: str, now: datetime) -> datetime:
        return max(self._not_before.get(workshop_id, now), self._paced.get(workshop_id, now))

    def _soonest(self) -> float:
        """Seconds until a workshop that waits is due."""
        now = self._clock()
        waiting = [self._due(workshop_id, now) for workshop_id in self._dirty - self._running.keys()]
        return max(min((at - now).total_seconds() for at in waiting), SHORTEST) if waiting else SWEEP

    def _ended(self, workshop_id: str, task: asyncio.Task[None]) -> None:
        self._running.pop(workshop_id, None)
        if workshop_id in self._urgent:
            self._paced.pop(workshop_id, None)
        self._wake.set()

    async def settle(self) -> None:
        """Wait until what `tick` started is done."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def close(self, seconds: float = CLOSING) -> None:
        """Let calls in flight end, for at most so long; what is not posted is posted after the next start."""
        try:
            async with asyncio.timeout(seconds):
                await self.settle()
                await self._posting.settle(seconds)
        except TimeoutError:
            log.warning("%d boards were left as they are", len(self._running))
            for board in self._running.values():
                board.cancel()

    async def _guarded(self, workshop_id: str) -> None:
        """One workshop's trouble is no other's, and is tried again. One instance at a time."""
        hold = self._holds[workshop_id] = Hold(self._leases, f"wall:{workshop_id}", self._instance, self._clock)
        try:
            if await hold.take() is None:
                self._lag.elsewhere(workshop_id)
                self._look_again(workshop_id, self._clock() + LOOK)
                return
            await self._make_equal(workshop_id)
        except Lost:
            self._look_again(workshop_id, self._clock() + LOOK)
        except Retry as retry:
            self._later(workshop_id, pause(retry))
        except Exception as error:  # noqa: BLE001 - the loop has to outlive whatever one board does
            self._later(workshop_id, timedelta(seconds=self._went_wrong(error)))
        try:
            now = self._clock()
            await hold.give_back(max(self._not_before.get(workshop_id, now), self._closed.pop(workshop_id, now)))
        except Exception as error:  # noqa: BLE001 - then it runs out
            self._went_wrong(error)

    def _went_wrong(self, error: Exception) -> float:
        """Note what went wrong; how many seconds later to try again."""
        if isinstance(error, self._away):
            log.warning("the boards wait for the database: %s", type(error).__name__)
            return SOON
        self._metrics.bug()
        bug(error)
        return AFTER_A_BUG

    def _look_again(self, workshop_id: str, at: datetime) -> None:
        """Then, or as soon as something urgent has changed."""
        self._dirty.add(workshop_id)
        self._paced[workshop_id] = at

    def _later(self, workshop_id: str, wait: timedelta) -> None:
        self._dirty.add(workshop_id)
        self._not_before[workshop_id] = self._clock() + wait

    async def _make_equal(self, workshop_id: str) -> None:
        asked = self._clock()
        self._asks.looked(workshop_id)
        read = await self._reader.answers(workshop_id)
        if read is None:
            return
        workshop, answers = read
        place = await self._addresses.address(workshop.home)
        if place is None:
            self._later(workshop_id, timedelta(seconds=30))
            return
        found = await asyncio.to_thread(walls, workshop, answers, await self._viewers.zones(workshop))
        if found[0].board.stages[-1].progress is Progress.NOW and self._warming is None:
            self._warming = asyncio.create_task(self._pictures.warm())
        rows = {post.slot: post for post in await self._posts.posts_of(workshop_id)}
        going: list[Round] = []
        work = []
        for each in found:
            mine = {slot: post for slot, post in rows.items() if each.has(slot)}
            at = place if each.binding is None else await self._addresses.address(each.place)
            if at is not None:
                address = Address(at.service_url, each.place, at.tenant, at.bot_id)
                going.append(self._places.round(address, each, self._holds[workshop_id], mine, asked))
                work.append(self._places.hang(going[-1], each, alone=len(found) == 1))
            elif each.living is not None:
                await self._lose(workshop_id, each.living, any(post.activity_id for post in mine.values()))
        # One conversation that has to wait keeps no other waiting. All have ended before it is said how.
        came = await asyncio.gather(*work, return_exceptions=True)
        closed = [go.closed_until for go in going if go.closed_until is not None]
        again = [go.again for go in going if go.again is not None]
        if views := [go.views_at for go in going if go.views_at is not None]:
            self._asks.later(workshop_id, min(views))
        if closed:
            self._closed[workshop_id] = max(closed)
        if again:
            self._look_again(workshop_id, min(again))
        for outcome in came:
            if isinstance(outcome, BaseException):
                raise outcome
        if all(go.shown for go in going):
            self._lag.caught_up(workshop_id, asked)
        if all(came):
            # What follows may wait, though nothing was to be edited: people send the same again.
            self._paced[workshop_id] = asked + EVERY
            await self._posts.published(workshop_id, workshop.revision)
