"""The wire to the bot: posts activities with the room's token, waits as long as Teams would. It never reads a card."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from rehearsal.activities import Activity
from rehearsal.faults import Faults
from rehearsal.front import UNAVAILABLE, Front
from rehearsal.keys import APP_ID, Keys

PATIENCE = 15.0
"""Seconds after which Teams gives up waiting and posts the activity again (msteams-docs issue 6084)."""

LOST = "the answer was lost"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one posted activity. `status` is None if no answer came; `ms` is how long it took."""

    status: int | None
    body: Any = None
    error: str = ""
    ms: float = 0.0
    refused: bool = False
    """Nobody listened there: nothing was sent."""

    @property
    def taken(self) -> bool:
        """Whether the bot answered that it has it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Sent:
    """An activity and what became of it."""

    activity: Activity
    delivery: Delivery


class BotLink:
    """Posts to one bot. `url` may change; `patience` is in seconds; `sent` is called after each post.

    With a `front` it posts to the instances behind that instead. `statuses` counts what the bot answered.
    """

    def __init__(self, keys: Keys, faults: Faults, url: str | None, sent: Callable[[], None]) -> None:
        self.keys = keys
        self.faults = faults
        self.url = url
        self.front: Front | None = None
        self.statuses: Counter[int] = Counter()
        self.patience = PATIENCE
        self.redeliver_late = True
        self.sent: deque[Sent] = deque(maxlen=5000)
        self._tell = sent
        self._session: aiohttp.ClientSession | None = None
        self._again: set[asyncio.Task[None]] = set()

    @property
    def to_come(self) -> int:
        """How many activities are still to be delivered a second time."""
        return len(self._again)

    async def open(self) -> None:
        """Makes ready to post; hundreds at once are allowed, as from Teams."""
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=30)
        self._session = aiohttp.ClientSession(connector=connector)

    async def close(self) -> None:
        """Drops every connection."""
        for task in self._again:
            task.cancel()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def deliver(self, activity: Activity) -> Delivery:
        """Posts an activity. A message that the bot took too long over is posted a second time, as Teams does."""
        delivery = await self.post(activity)
        late = delivery.status in (None, 502, 503, 504) and delivery.ms >= self.patience * 1000
        if late and self.redeliver_late and activity["type"] != "invoke":
            delivery = await self.post(activity)
        return delivery

    async def post(self, activity: Activity) -> Delivery:
        """Posts the activity once, exactly as it is. Never raises for what the network or the bot does."""
        met = await self.faults.meets("invoke" if activity["type"] == "invoke" else "message")
        if met.again is not None:
            self._later(activity, met.again)
        delivery = await self._post(activity)
        if met.stale is not None and delivery.status == 200:
            # Teams never heard the answer; what comes once more is old by then, whether it was taken the first time or
            # was answered that it was not.
            self._later(activity, met.stale)
        if met.lost and delivery.status is not None:
            delivery = Delivery(None, error=LOST, ms=delivery.ms)
        self._keep(activity, delivery)
        return delivery

    def _keep(self, activity: Activity, delivery: Delivery) -> None:
        self.sent.append(Sent(activity, delivery))
        self._tell()

    def _later(self, activity: Activity, seconds: float) -> None:
        """The very same activity once more, after a while; nobody reads what the bot answers then."""

        async def posts() -> None:
            await asyncio.sleep(seconds)
            self._keep(activity, await self._post(activity))

        def ended(task: asyncio.Task[None]) -> None:
            self._again.discard(task)
            self._tell()

        task = asyncio.get_running_loop().create_task(posts())
        self._again.add(task)
        task.add_done_callback(ended)

    async def _post(self, activity: Activity) -> Delivery:
        if self.front is None:
            return await self._post_to(self.url, activity)
        for which, url in self.front.turn():
            delivery = await self._post_to(url, activity)
            if delivery.status is not None:
                self.front.last = which
            if not delivery.refused and delivery.status != UNAVAILABLE:
                break
        return delivery

    async def _post_to(self, url: str | None, activity: Activity) -> Delivery:
        if self._session is None or url is None:
            return Delivery(None, error="no bot is connected")
        token = self.keys.for_bot(APP_ID, activity["serviceUrl"])
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(self.patience), self._session.post(
                url, data=orjson.dumps(activity), headers=headers, allow_redirects=False
            ) as response:
                raw = await response.read()
                status = response.status
        except TimeoutError:
            return Delivery(None, error=f"no answer within {self.patience:g} s", ms=_since(begun))
        except (aiohttp.ClientError, OSError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            return Delivery(None, None, f"no connection: {type(error).__name__}", _since(begun), refused)
        self.statuses[status] += 1
        try:
            body = orjson.loads(raw) if raw.strip() else None
        except orjson.JSONDecodeError:
            return Delivery(status, error="the answer is not JSON", ms=_since(begun))
        return Delivery(status, body, "", _since(begun))


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
