"""When a call to Teams may go out: within Teams' budgets, what people wait for first. It sends nothing itself."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

from bot.windows import HOUR, MESSAGES, ROSTER, TENANT, Ledger, Window

SHORTEST, LONGEST = 1.0, 10.0
"""Seconds that whoever got no turn is told to stay away: not at once again, and not so long that urgent things wait."""
BOARDS_A_SECOND = 20.0
BOARD_EVERY = 2.0
LIVE = 30.0
"""Seconds for which a conversation whose board was edited counts as one with a live board."""
STRETCHED = ((0.9, 12.0), (0.75, 6.0), (0.5, 4.0))
"""Share of a conversation's hour that is used up, and then the seconds between two edits of its board: with these the
hour is never used up by boards alone (half of it at one in 2 s, the rest of the hour at one in 4 s)."""
TOLD = 3
"""So many conversations of a tenant throttled within a second: it is the tenant that is."""
MOST_LANES = 1000


class Priority(IntEnum):
    """What goes first; each sort leaves some of the budget to those before it."""

    REPLY = 0
    STAGE = 1
    PRIVATE = 2
    BOARD = 3


SHARES = {Priority.REPLY: 1.0, Priority.STAGE: 0.9, Priority.PRIVATE: 0.9, Priority.BOARD: 0.7}


@dataclass(frozen=True, slots=True)
class Lane:
    """Whose budget a call uses: a conversation's by its bare id; "" for a call that is only the tenant's.

    `roster`: the budget of reading its members instead of that of its messages.
    """

    tenant: str
    conversation: str = ""
    roster: bool = False


class NoTurn(Exception):
    """There is no turn before the deadline; `after`: seconds after which to ask again."""

    def __init__(self, after: float) -> None:
        super().__init__(f"no turn; again in {after:.0f} s")
        self.after = after


@dataclass(slots=True)
class Turn:
    """One call's place in the queue, then its leave to go; to be given back when it is over."""

    number: int
    lane: Lane
    priority: Priority
    until: float
    granted: asyncio.Future[None]


@dataclass(slots=True)
class _Conversation:
    ledger: Ledger
    queue: list[tuple[int, int, Turn]] = field(default_factory=list)
    board_after: float = -math.inf


class _Tenant:
    def __init__(self, windows: Sequence[Window]) -> None:
        self.ledger = Ledger(windows)
        self.waiting: dict[Lane, _Conversation] = {}
        self.boards: dict[str, float] = {}
        self.told: dict[Lane, float] = {}
        self.timer: asyncio.Task[None] | None = None
        self.due = math.inf


class Budgets:
    """One for all calls of the bot. `clock`: seconds, only for durations. `instances`: how many bots share the app,
    each of which takes its part of every budget."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        messages: Sequence[Window] = MESSAGES,
        roster: Sequence[Window] = ROSTER,
        tenant: Sequence[Window] = TENANT,
        instances: int = 1,
    ) -> None:
        self.instances = instances
        self._clock = clock
        self._sleep = sleep
        self._windows = {False: messages, True: roster}
        self._of_tenant = tenant
        self._tenants: dict[str, _Tenant] = {}
        self._conversations: dict[Lane, _Conversation] = {}
        self._numbers = itertools.count()

    def shared_by(self, instances: int) -> None:
        """So many bots share the app from now on."""
        self.instances = max(instances, 1)

    def waiting(self, tenant: str) -> int:
        """How many calls wait for their turn in a tenant."""
        known = self._tenants.get(tenant)
        return sum(len(conversation.queue) for conversation in known.waiting.values()) if known else 0

    def wait(self, lane: Lane, priority: Priority) -> float:
        """Seconds until a call of this sort could go, if nobody else wanted to; 0: now."""
        tenant, conversation = self._tenants.get(lane.tenant), self._conversations.get(lane)
        if tenant is None or conversation is None:
            return 0.0
        return max(self._ready(tenant, conversation, priority) - self._clock(), 0.0)

    def board_interval(self, tenant: str) -> float:
        """Seconds between two edits of one board: more the more boards of the tenant are live."""
        known, now = self._tenants.get(tenant), self._clock()
        live = sum(now - at < LIVE for at in known.boards.values()) if known else 0
        return max(BOARD_EVERY, live * self.instances / BOARDS_A_SECOND)

    async def enter(self, lane: Lane, priority: Priority, until: float) -> Turn:
        """Waits for a turn, at most until `until` on the clock. Raises NoTurn. To be followed by `leave`."""
        tenant = self._tenants.setdefault(lane.tenant, _Tenant(self._of_tenant))
        conversation = self._conversation(lane)
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        turn = Turn(next(self._numbers), lane, priority, until, granted)
        heapq.heappush(conversation.queue, (priority, turn.number, turn))
        tenant.waiting[lane] = conversation
        self._look(tenant)
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled() and granted.exception() is None:
                self.leave(turn)
            raise
        return turn

    def leave(self, turn: Turn) -> None:
        """The call is over, whatever came of it."""
        tenant, now = self._tenants[turn.lane.tenant], self._clock()
        tenant.ledger.ends(turn.number, now)
        self._conversations[turn.lane].ledger.ends(turn.number, now)
        self._look(tenant)

    def throttled(self, turn: Turn, seconds: float) -> None:
        """Teams said 429: nothing more goes there for so many seconds."""
        tenant, now = self._tenants[turn.lane.tenant], self._clock()
        ledger = self._conversations[turn.lane].ledger
        ledger.not_before = max(ledger.not_before, now + seconds)
        tenant.told = {lane: at for lane, at in tenant.told.items() if now - at < 1} | {turn.lane: now}
        if len(tenant.told) >= TOLD:
            tenant.ledger.not_before = max(tenant.ledger.not_before, now + seconds)

    def _conversation(self, lane: Lane) -> _Conversation:
        found = self._conversations.get(lane)
        if found is None:
            if len(self._conversations) >= MOST_LANES:
                self._forget()
            windows = self._windows[lane.roster] if lane.conversation else ()
            found = self._conversations[lane] = _Conversation(Ledger(windows))
        return found

    def _forget(self) -> None:
        """Those of whom nothing counts any more."""
        now = self._clock()
        for lane, conversation in list(self._conversations.items()):
            ledger = conversation.ledger
            idle = not conversation.queue and not ledger.going and ledger.not_before <= now
            if idle and (not ledger.ended or ledger.ended[-1] <= now - HOUR):
                del self._conversations[lane]

    def _look(self, tenant: _Tenant) -> None:
        """Lets go whoever may go, the most urgent first; the rest hear when their time is over."""
        now, due = self._clock(), math.inf
        for lane, conversation in list(tenant.waiting.items()):
            due = min(due, self._sort_out(conversation, now))
            if not conversation.queue:
                del tenant.waiting[lane]
        heads = [(*conversation.queue[0][:2], conversation) for conversation in tenant.waiting.values()]
        heapq.heapify(heads)
        while heads:
            _, _, conversation = heapq.heappop(heads)
            turn = conversation.queue[0][2]
            ready = self._ready(tenant, conversation, turn.priority)
            if ready > now:
                due = min(due, ready)
                continue
            heapq.heappop(conversation.queue)
            self._grant(tenant, conversation, turn, now)
            if conversation.queue:
                heapq.heappush(heads, (*conversation.queue[0][:2], conversation))
            else:
                del tenant.waiting[turn.lane]
        self._alarm(tenant, due if tenant.waiting else math.inf)

    def _sort_out(self, conversation: _Conversation, now: float) -> float:
        """Takes out those who left or whose time is over; the soonest deadline of the others."""
        soonest, kept = math.inf, []
        for entry in conversation.queue:
            turn = entry[2]
            if turn.granted.done():
                continue
            if turn.until <= now or conversation.ledger.not_before > turn.until:
                ready = self._ready(self._tenants[turn.lane.tenant], conversation, turn.priority)
                turn.granted.set_exception(NoTurn(min(max(ready - now, SHORTEST), LONGEST)))
                continue
            kept.append(entry)
            soonest = min(soonest, turn.until)
        if len(kept) != len(conversation.queue):
            heapq.heapify(kept)
            conversation.queue = kept
        return soonest

    def _ready(self, tenant: _Tenant, conversation: _Conversation, priority: Priority) -> float:
        share = SHARES[priority] / self.instances
        ready = max(tenant.ledger.ready(share), conversation.ledger.ready(share))
        return max(ready, conversation.board_after) if priority is Priority.BOARD else ready

    def _grant(self, tenant: _Tenant, conversation: _Conversation, turn: Turn, now: float) -> None:
        tenant.ledger.begins(turn.number, now)
        conversation.ledger.begins(turn.number, now)
        if turn.priority is Priority.BOARD:
            tenant.boards = {name: at for name, at in tenant.boards.items() if now - at < LIVE}
            tenant.boards[turn.lane.conversation] = now
            conversation.board_after = now + self._stretch(conversation.ledger, turn.lane.tenant, now)
        turn.granted.set_result(None)

    def _stretch(self, ledger: Ledger, tenant: str, now: float) -> float:
        """Seconds to the next edit of the same board; 0 while nothing is scarce: the publisher has its own pace."""
        hour = next((window.most for window in ledger.windows if window.seconds == HOUR), math.inf)
        used = ledger.used(HOUR, now) / (hour * SHARES[Priority.BOARD] / self.instances)
        by_hour = next((seconds for share, seconds in STRETCHED if used >= share), 0.0)
        by_tenant = self.board_interval(tenant)
        return max(by_hour, by_tenant if by_tenant > BOARD_EVERY else 0.0)

    def _alarm(self, tenant: _Tenant, due: float) -> None:
        if tenant.timer is not None and (due < tenant.due or due == math.inf):
            tenant.timer.cancel()
            tenant.timer = None
        if tenant.timer is None and due < math.inf:
            tenant.due = due
            tenant.timer = asyncio.get_running_loop().create_task(self._later(tenant, due))

    async def _later(self, tenant: _Tenant, due: float) -> None:
        with suppress(asyncio.CancelledError):
            await self._sleep(max(due - self._clock(), 0.0))
            tenant.timer = None
            self._look(tenant)
