"""Whether this process lives, whether it can serve, and its figures, over HTTP. It shows no secret, host or id."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.keys import Keys
from bot.metrics import Metrics
from bot.token import NoToken, OwnToken
from workshop.service import Heart

DEADLINE: Final = 1.0
"""Seconds that each check may take."""

KEPT: Final = 1.0
"""Seconds for which a result serves whoever asks again: nobody can make the database work by asking."""

LATE: Final = 15.0
"""Seconds without a tick after which a loop that ticks every second is taken for stuck."""

PROXIED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""Headers by which a proxy on this machine shows that it asks for somebody else."""

log = logging.getLogger("kolbot.health")

T = TypeVar("T")
Check = Callable[[], Awaitable[str]]
"""Says what is not ready, in words; "" where all is well."""


class Store(Protocol):
    """What is asked of the database. All raise where it does not answer."""

    async def can_read(self) -> None: ...
    async def can_write(self) -> None: ...
    async def live(self) -> int:
        """How many workshops have not ended."""


class Ticks:
    """When a loop last did its round. `clock`: seconds that never jump."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None

    def ticked(self) -> None:
        """A round is done."""
        self._last = self._clock()

    async def check(self) -> str:
        """As a check: whether the last round was lately."""
        if self._last is None:
            return "it has not done a round yet"
        ago = self._clock() - self._last
        return f"its last round was {ago:.0f} s ago" if ago > LATE else ""


class TickingHeart:
    """A heart whose beats are also noted here: the clock beats at the end of each round."""

    def __init__(self, heart: Heart, ticks: Ticks) -> None:
        self._heart = heart
        self._ticks = ticks

    async def beat(self, now: datetime) -> None:
        """Say that this instance is alive. Raises what the heart raises; then it was no round."""
        await self._heart.beat(now)
        self._ticks.ticked()


class Health:
    """Answers /healthz, /readyz and /metrics. `clock`: seconds that never jump."""

    def __init__(
        self, checks: Mapping[str, Check], store: Store, metrics: Metrics, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._checks = checks
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._running: dict[str, asyncio.Task[Any]] = {}
        self._result: tuple[float, Mapping[str, str]] | None = None
        self._asking: asyncio.Task[Mapping[str, str]] | None = None
        self._was: frozenset[str] = frozenset()

    def routes(self) -> Sequence[web.RouteDef]:
        """The routes."""
        return web.get("/healthz", self.alive), web.get("/readyz", self.ready), web.get("/metrics", self.figures)

    async def alive(self, request: web.Request) -> web.Response:
        """200 as long as the loop turns: an orchestrator restarts what does not answer this."""
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:
        """200 if everything is there that a turn needs, else 503; each check by name."""
        said = await self.checked()
        wrong = any(said.values())
        checks = {name: why or "ok" for name, why in said.items()}
        body = {"status": "not ready" if wrong else "ready", "checks": checks}
        return web.json_response(body, status=503 if wrong else 200, headers={"Cache-Control": "no-store"})

    async def figures(self, request: web.Request) -> web.Response:
        """The metrics, for this machine alone."""
        if not is_local(request):
            return web.Response(status=403, text="Only from this machine.\n")
        counted = await self._in_time("live", self._store.live)
        live = counted.result() if counted is not None and _went_well(counted) else None
        return web.Response(body=self._metrics.text(live), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def checked(self) -> Mapping[str, str]:
        """What each check says; however many ask at once, each runs once."""
        if self._result is not None and self._clock() - self._result[0] < KEPT:
            return self._result[1]
        if self._asking is None:
            self._asking = asyncio.create_task(self._check())
        # Shielded: one who hangs up must not take the answer from the others.
        return await asyncio.shield(self._asking)

    async def _check(self) -> Mapping[str, str]:
        try:
            said = await asyncio.gather(*(self._one(name, check) for name, check in self._checks.items()))
            result = dict(zip(self._checks, said, strict=True))
            self._result = (self._clock(), result)
        finally:
            self._asking = None
        wrong = frozenset(name for name, why in result.items() if why)
        if wrong != self._was:
            self._was = wrong
            if wrong:
                log.warning("not ready: %s", ", ".join(sorted(wrong)))
            else:
                log.info("ready again")
        return result

    async def _one(self, name: str, check: Check) -> str:
        task = await self._in_time(name, check)
        if task is None:
            return f"no answer within {DEADLINE:.0f} s"
        # The kind only: an error's text may name a host or hold a password.
        return task.result() if _went_well(task) else f"it fails ({type(task.exception()).__name__})"

    async def _in_time(self, name: str, ask: Callable[[], Awaitable[T]]) -> asyncio.Task[T] | None:
        """Ask, for `DEADLINE`; None if it takes longer: then it goes on, and the next waits for it."""
        task: asyncio.Task[T] | None = self._running.get(name)
        if task is None:
            task = self._running[name] = asyncio.ensure_future(_asked(ask))
            task.add_done_callback(_seen)
        done, _ = await asyncio.wait({task}, timeout=DEADLINE)
        if not done:
            return None
        self._running.pop(name, None)
        return task


def checks_of(store: Store, keys: Keys, token: OwnToken, publisher: Ticks, clock: Ticks) -> Mapping[str, Check]:
    """What a turn needs, by name."""

    async def database_read() -> str:
        await store.can_read()
        return ""

    async def database_write() -> str:
        await store.can_write()
        return ""

    async def signing_keys() -> str:
        return "" if keys.any else "no keys could be fetched yet, so nobody can be let in"

    async def own_token() -> str:
        try:
            await token.get()
        except NoToken:
            return "none is granted, so nothing can be posted; the log says why"
        return ""

    return {
        "database read": database_read,
        "database write": database_write,
        "signing keys": signing_keys,
        "own token": own_token,
        "publisher": publisher.check,
        "clock": clock.check,
    }


def is_local(request: web.Request) -> bool:
    """True if the request comes from this machine itself, and not through a proxy on it."""
    if any(name in request.headers for name in PROXIED):
        return False
    try:
        address = ipaddress.ip_address((request.remote or "").partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


async def _asked(ask: Callable[[], Awaitable[T]]) -> T:
    return await ask()


def _went_well(task: asyncio.Task[Any]) -> bool:
    return not task.cancelled() and task.exception() is None


def _seen(task: asyncio.Task[Any]) -> None:
    """Takes note of a failure that nobody waited for to the end."""
    _went_well(task)
